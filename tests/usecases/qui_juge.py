"""Who declares and who judges, in the invented département: one value, one post, and a decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from django.contrib.auth.models import User

from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat
from quartiers.core.droits import Droits, MandatConfie
from quartiers.core.enregistrement import Validation
from quartiers.core.fait import Rang
from quartiers.core.genres.poste import Poste
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.temps import PARIS
from quartiers.core.vue import Vue
from quartiers.pieces.piece import VuSurPlace
from quartiers.storage.models import Ecriture, Enregistrement, Releve
from quartiers.usecases.acces import open_droits
from quartiers.usecases.charger_dossier import (
    MEMOIRE,
    build_dossier,
    load_dossier,
    load_savoir,
    read_savoir,
)
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.declarer import (
    PorteAvecPieces,
    build_table,
    declare_enregistrement,
    declare_releve,
    read_saisie,
)
from quartiers.usecases.ecrire import Envoi, build_envoi
from quartiers.usecases.examiner import (
    ChoixDeLigne,
    LotExamine,
    examine,
)
from quartiers.usecases.imports import releves
from quartiers.usecases.lister_attentes import (
    ENREGISTREMENT,
    RELEVE,
    Cle,
    LigneEnAttente,
    build_file,
    list_attentes,
)
from quartiers.usecases.preparer import Preparation
from quartiers.usecases.suivre import read_marque

INDICATEUR, QUARTIER, AUTRE = "e06-a1-educateurs-etp", "QC-FICTIF-TILLEULS", "QC-FICTIF-ECLUSES"
MAI, JUIN, JUILLET, AOUT = (date(2026, mois, 15) for mois in (5, 6, 7, 8))
Monde = Callable[..., None]


def get_compte(nom: str) -> User:
    """An account by its name."""
    return User.objects.get_or_create(username=nom)[0]


def get_droits(nom: str, role: str = "sous_prefet_ville", ou: str = "DEP-00") -> Droits:
    """What an account may do, with one mandat."""
    load_dossier()
    mandats = (MandatConfie(role, ou, "Préfecture"),)
    return open_droits(get_compte(nom), mandats, AOUT, MEMOIRE.get_actuels())


def make_envoi(qui: str, connu_le: date) -> Envoi:
    """A write of a page, at nine in the morning."""
    moment = datetime(connu_le.year, connu_le.month, connu_le.day, 9, tzinfo=PARIS)
    return build_envoi(moment, get_compte(qui).pk)


def say_valeur(valeur: str, ou: str = QUARTIER) -> dict[str, str]:
    """The words of one value of 30 April."""
    return {
        "indicateur": INDICATEUR, "territoire": ou, "date": "30/04/2026", "valeur": valeur, "source": "DDETS",
    }  # fmt: skip


def declare(
    valeur: str, qui: str = "deleguee", le: date = MAI, vu: int | None = None, ou: str = QUARTIER
) -> Cle:
    """One value of 30 April, by somebody; gives its row."""
    declare_releve(envoi=make_envoi(qui, le), textes=say_valeur(valeur, ou), vu=vu)
    return Cle(RELEVE, Releve.objects.filter(territoire=ou).latest("pk").pk)


def judge(
    cle: Cle, resultat: Validation, *, le: date = JUIN, qui: str = "sous-prefete", **autres: str
) -> LotExamine:
    """One un_choix."""
    un_choix = ChoixDeLigne(cle, resultat, **autres)
    return examine(envoi=make_envoi(qui, le), choix=[un_choix], droits=get_droits(qui))


def list_dits() -> list[tuple[int | None, Rang, date]]:
    """What the base says, in the order it was learnt; followed as it came and read again whole, it is the same."""
    suivi = load_dossier().releves
    assert suivi == build_dossier(read_marque()).releves
    return [(None if r.lu is None else int(r.lu), r.rang, r.connu_le) for r in suivi]


def list_file(qui: str = "sous-prefete") -> list[LigneEnAttente]:
    """What waits for somebody in the département."""
    attentes = list_attentes([QUARTIER, AUTRE], list_personnes)
    compte = get_compte(qui).pk
    return list(build_file(attentes, get_droits(qui), list_personnes([compte])[compte]).miennes)


POSTE = {
    "objet": "P1", "le": "30/04/2026", "situe": QUARTIER, "fonction": "adulte_relais", "employeur": "ADRT",
    "etp_finance": "1", "finance_depuis": "01/01/2026",
}  # fmt: skip


def say_poste(etp: str = "1") -> dict[str, str]:
    """The words of a post, filled or vacant on 30 April."""
    return POSTE | {"etp_pourvu": etp, "pourvu_depuis": "01/03/2026" if etp != "0" else ""}


def declare_poste(etp: str = "1", le: date = MAI, vu: int | None = None) -> Cle:
    """Gives its row."""
    envoi = make_envoi("deleguee", le)
    declare_enregistrement(genre=Poste, envoi=envoi, textes=say_poste(etp), vu=vu)
    return Cle(ENREGISTREMENT, Enregistrement.objects.latest("pk").pk)


def list_validations() -> list[tuple[Validation, date]]:
    """The versions of the post that the process holds; followed or read whole, its registers are the same."""
    savoir = load_savoir()
    relu = read_savoir()
    assert savoir.dossier.registres == relu.dossier.registres
    return [(e.validation, e.connu_le) for e in savoir.registres.enregistrements["poste", "P1"]]


def read_faits(code: str) -> tuple[EnregistrementRetenu, ...]:
    """The records behind a figure in August."""
    vue = Vue(load_dossier(), AOUT, AOUT)
    indicateur = vue.dossier.referentiel.get_indicateur(code)
    assert indicateur is not None
    constat = get_constat(vue, indicateur, QUARTIER)
    assert isinstance(constat, Constat)
    return tuple(f for f in constat.faits if isinstance(f, EnregistrementRetenu))


def prepare(valeur: str, vu: int, le: date, *, is_prouve: bool = False) -> Preparation:
    """The same line read, and not written yet."""
    envoi = replace(
        make_envoi("deleguee", le), genre=releves.GENRE, canal=Ecriture.Canal.FORMULAIRE
    )
    porte = PorteAvecPieces(releves, [VuSurPlace()] if is_prouve else ())
    preparation = Preparation(
        porte, envoi, partial(read_saisie, build_table(say_valeur(valeur)), envoi, vu)
    )
    preparation.read_dehors()
    return preparation
