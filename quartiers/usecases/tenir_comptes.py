"""What one who names may see of the accounts: their mandats and their links, never what they write."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db.models import Q

from quartiers.core.dire import fold
from quartiers.core.droits import Verbe, build_sujet_de_mandat
from quartiers.core.territoire import Genre, Territoire
from quartiers.storage.models import Delegation, Invitation, Mandat, Titulaire
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.creer_compte import GENRES_DU_ROLE
from quartiers.usecases.lister_organismes import list_organismes_connus
from quartiers.usecases.lister_restants import list_restants
from quartiers.usecases.nommant import Nommant, Role

ORGANISME_MAX = 200
"""As wide as the organisme of a mandat."""
QUARTIERS = (Genre.QUARTIER, Genre.QRR, Genre.QPV)
ENSEMBLES = frozenset({Genre.DEPARTEMENT, Genre.COLLECTIVITE, Genre.REGION, Genre.NATION})


def list_tenus(nommant: Nommant) -> list[Mandat]:
    """The mandats in sight of one who names, that hold today or will, of accounts that are open."""
    restants = list_restants(nommant.jour).filter(compte__is_active=True)
    tenus = restants.select_related("compte__titulaire")
    return [m for m in tenus if nommant.can_see(m.role, m.territoire, m.organisme)]


def list_comptes(nommant: Nommant) -> frozenset[int]:
    """The open accounts in sight: those of a mandat in sight, even over, and those that one invited."""
    ouverts = User.objects.filter(is_active=True)
    if nommant.is_tenant_des_comptes:
        return frozenset(ouverts.values_list("pk", flat=True))
    vus = {nommant.compte.pk} if nommant.compte else set()
    dits = Mandat.objects.values_list("compte_id", "role", "territoire", "organisme")
    vus |= {compte for compte, *dit in dits if nommant.can_see(*dit)}
    vus |= set(
        Invitation.objects.filter(donnee_par=nommant.compte).values_list("compte_id", flat=True)
    )
    return frozenset(ouverts.filter(pk__in=vus).values_list("pk", flat=True))


def can_tenir(nommant: Nommant, compte: User) -> bool:
    """May close an account in sight: all that it holds is one's own to give, or one keeps the accounts."""
    if nommant.is_la_personne_de(compte.pk):
        return False
    siens = list_restants(nommant.jour).filter(compte=compte)
    return nommant.is_tenant_des_comptes or _can_donner_tout(nommant, siens)


def can_ouvrir(nommant: Nommant, compte: User) -> bool:
    """May hand a link to an account in sight: who holds the link may enter, so all that it opens is one's to give.

    What it was delegated too.
    """
    if not compte.is_active or nommant.is_la_personne_de(compte.pk):
        return False
    recues = Delegation.objects.filter(a=compte, revoquee_le=None, au__gte=nommant.jour)
    restants = list_restants(nommant.jour)
    ouverts = restants.filter(Q(compte=compte) | Q(pk__in=recues.values("mandat")))
    return _can_donner_tout(nommant, ouverts)


def list_revocables(nommant: Nommant, liens: Collection[Invitation]) -> frozenset[int]:
    """Those of some links of accounts in sight that one may close, in as many questions whatever their number.

    That which one gave oneself, by whichever account; that of an account which one may close (`can_tenir`).
    """
    if nommant.compte is None:
        return frozenset(lien.pk for lien in liens)
    comptes = {lien.compte_id for lien in liens}
    personnes = list_personnes(
        comptes | {p.donnee_par_id or 0 for p in liens} | {nommant.compte.pk}
    )
    sienne = personnes[nommant.compte.pk]
    tenus: dict[int, list[Mandat]] = {}
    for mandat in list_restants(nommant.jour).filter(compte__in=comptes):
        tenus.setdefault(mandat.compte_id, []).append(mandat)
    return frozenset(
        lien.pk
        for lien in liens
        if personnes.get(lien.donnee_par_id or 0) == sienne
        or (
            personnes[lien.compte_id] != sienne
            and (
                nommant.is_tenant_des_comptes
                or _can_donner_tout(nommant, tenus.get(lien.compte_id, ()))
            )
        )
    )


def _can_donner_tout(nommant: Nommant, mandats: Iterable[Mandat]) -> bool:
    return all(nommant.can_nommer(m.role, m.codes, m.organisme) for m in mandats)


def list_organismes(nommant: Nommant) -> dict[str, str]:
    """The organismes in whose name one may give a mandat, by name: those recorded where one names, or one's own."""
    connus = list_organismes_connus()
    propres = {m.organisme for m in nommant.droits.mandats if m.delegue_par is None}
    noms = {
        objet: connu.nom
        for objet, connu in connus.items()
        if len(objet) <= ORGANISME_MAX and (objet in propres or _is_en_vue(nommant, connu.lieux))
    }
    return {objet: noms[objet] for objet in sorted(noms, key=lambda o: (fold(noms[o]), o))}


def _is_en_vue(nommant: Nommant, lieux: Iterable[str]) -> bool:
    """Recorded somewhere one names; an administrateur reads no record, not even its name."""
    if nommant.compte is None:
        return True
    sujets = (build_sujet_de_mandat((lieu,)) for lieu in lieux if lieu)
    return any(nommant.droits.can(Verbe.NOMMER, sujet) for sujet in sujets)


def list_lieux(nommant: Nommant, role: Role) -> list[Territoire]:
    """Where one may give a rôle, among what is or holds a quartier and what one was given; by kind, then by name."""
    connus, genres = nommant.territoires, GENRES_DU_ROLE[role]
    quartiers = {code for genre in QUARTIERS for code in connus.list_du_genre(genre)}
    candidats = quartiers | {m.territoire for m in nommant.droits.mandats if m.territoire in connus}
    candidats |= {a for code in quartiers for a in connus.get_ancetres(code)}
    candidats |= {code for genre in genres & ENSEMBLES for code in connus.list_du_genre(genre)}
    propres = {"", *(m.organisme for m in nommant.droits.mandats)}
    lieux = [
        connus[code]
        for code in candidats
        if code in connus
        and connus[code].genre in genres
        and connus.is_valide(code, nommant.jour)
        and any(nommant.can_nommer(role.value, (code,), organisme) for organisme in propres)
    ]
    ordre = list(Genre)
    return sorted(lieux, key=lambda t: (-ordre.index(t.genre), fold(t.nom), t.code))


def list_semblables(nom: str, courriel: str, organisme: str) -> list[Titulaire]:
    """Those who may be the same person: the same e-mail, or the same name in the same organisme."""
    semblables = Q(pk__in=())
    if courriel:
        semblables |= Q(courriel__iexact=courriel)
    if organisme:
        semblables |= Q(organisme=organisme)
    candidats = Titulaire.objects.filter(semblables).order_by("pk")
    return [
        t
        for t in candidats
        if (courriel and t.courriel.lower() == courriel.lower())
        or (organisme and t.organisme == organisme and fold(t.nom) == fold(nom))
    ]
