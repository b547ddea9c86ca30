"""From a monde (tests/oracle/README.md) to the product's Dossier, and from its Tableau to the oracle's shape."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from quartiers.core import fait as f
from quartiers.core import referentiel as r
from quartiers.core.calendriers import Calendriers
from quartiers.core.composition import AnyConstat, compose_tableau
from quartiers.core.constat import CibleResolue, Constat, ConstatRemonte
from quartiers.core.dossier import Dossier
from quartiers.core.statut import Statut
from quartiers.core.tableau import EngagementVu, Tableau, Taux
from quartiers.core.territoire import Genre, Niveau, QuartierCible, Territoire, Territoires

Monde = dict[str, Any]
MAX_DECIMALES = 6


def build_dossier(monde: Monde) -> Dossier:
    """The same knowledge, as the product wants it."""
    return Dossier(
        referentiel=build_referentiel(monde["indicateurs"]),
        territoires=Territoires.build(
            Territoire(t["code"], t["code"], Genre(t["genre"]), tuple(t.get("parents", ())))
            for t in monde["territoires"]
        ),
        quartiers=[
            QuartierCible(
                code=q["code"],
                nom=q["code"],
                departement=q["departement"],
                rattaches=tuple(q.get("rattaches", ())),
                attendu_du=q.get("attendu_du"),
                attendu_au=q.get("attendu_au"),
                connu_le=q["connu_le"],
                ordre=q["ordre"],
            )
            for q in monde.get("quartiers", ())
        ],
        releves=[_build_releve(x, f.Rang.RELEVE) for x in monde.get("releves", ())]
        + [_build_releve(x, f.Rang(x["rang"])) for x in monde.get("valeurs", ())],
        objets=[_build_objet(x) for x in monde.get("objets", ())],
        listes=[_build_liste(x) for x in monde.get("listes", ())],
        confirmations=[
            f.Confirmation(
                x["indicateur"], x["territoire"], x["objet"], x["date"], x["connu_le"], x["ordre"]
            )
            for x in monde.get("confirmations", ())
        ],
        sans_objets=[
            f.SansObjet(
                x["indicateur"],
                x["territoire"],
                "hors_programme",
                x["valide_le"],
                x["connu_le"],
                x["ordre"],
            )
            for x in monde.get("sans_objet", ())
        ],
        cibles=[_build_cible(x) for x in monde.get("cibles", ())],
        calendriers=Calendriers.build(
            {
                code: f.Calendrier(
                    c["valide_du"], c["valide_au"], tuple((d, a) for d, a in c["periodes"])
                )
                for code, c in monde.get("calendriers", {}).items()
            }
        ),
    )


def _build_liste(x: dict[str, Any]) -> f.Liste:
    return f.Liste(
        indicateur=x["indicateur"],
        territoire=x["territoire"],
        source=x["source"],
        rang=f.Rang(x["rang"]),
        date=x["date"],
        connu_le=x["connu_le"],
        ordre=x["ordre"],
    )


def _fraction(valeur: Any) -> Fraction | None:
    return None if valeur is None else Fraction(valeur)


def _build_releve(x: dict[str, Any], rang: f.Rang) -> f.Releve:
    return f.Releve(
        indicateur=x["indicateur"],
        territoire=x["territoire"],
        date=x["date"],
        connu_le=x["connu_le"],
        ordre=x["ordre"],
        valeur=_fraction(x.get("valeur")),
        numerateur=_fraction(x.get("numerateur")),
        denominateur=_fraction(x.get("denominateur")),
        jalon=x.get("jalon"),
        rang=rang,
        source=x.get("source") or "",
        cle=x.get("cle"),
    )


def _build_objet(x: dict[str, Any]) -> f.Objet:
    return f.Objet(
        indicateur=x["indicateur"],
        territoire=x["territoire"],
        objet=x["objet"],
        source=x["source"],
        rang=f.Rang(x["rang"]),
        du=x["du"],
        au=x.get("au"),
        temoin=x["temoin"],
        distance_m=x.get("distance_m"),
        portee=r.Portee(x["portee"]) if x.get("portee") else None,
        connu_le=x["connu_le"],
        ordre=x["ordre"],
    )


def _build_cible(x: dict[str, Any]) -> f.Cible:
    return f.Cible(
        indicateur=x["indicateur"],
        territoire=x["territoire"],
        operateur=r.Operateur(x["operateur"]),
        valeur=_fraction(x.get("valeur")),
        echeance=x.get("echeance"),
        base=_fraction(x.get("base")),
        base_date=x.get("base_date"),
        origine=r.Origine(x.get("origine") or "plan"),
        effet=x.get("effet"),
        connu_le=x["connu_le"],
        ordre=x["ordre"],
    )


def build_referentiel(indicateurs: list[dict[str, Any]]) -> r.Referentiel:
    """Engagements, objectifs and actions in the order they are met."""
    par_engagement: dict[str, list[dict[str, Any]]] = {}
    for i in indicateurs:
        par_engagement.setdefault(i["engagement"], []).append(i)
    return r.Referentiel(
        programme="monde",
        nom="Monde",
        version="0",
        engagements=tuple(_build_engagement(code, tous) for code, tous in par_engagement.items()),
        dispositifs=(),
    )


def _group(tous: list[dict[str, Any]], nom: str) -> dict[str, list[dict[str, Any]]]:
    groupes: dict[str, list[dict[str, Any]]] = {}
    for i in tous:
        if i.get(nom):
            groupes.setdefault(i[nom], []).append(i)
    return groupes


def _build_engagement(code: str, tous: list[dict[str, Any]]) -> r.Engagement:
    return r.Engagement(
        code=code,
        texte=code,
        titre=code,
        libelle=code,
        objectifs=tuple(
            r.Objectif(o, o, (), tuple(_build_indicateur(i) for i in siens))
            for o, siens in _group(tous, "objectif").items()
        ),
        actions=tuple(
            r.Action(
                a,
                a,
                a,
                r.Mode(siens[0]["mode"]),
                (),
                tuple(
                    _build_indicateur(i) for i in sorted(siens, key=lambda i: not i["principal"])
                ),
            )
            for a, siens in _group(tous, "action").items()
        ),
    )


def _build_comptage(d: dict[str, Any]) -> r.Derivation:
    """A derivation that counts constats."""
    filtre = tuple((c, tuple(v) if isinstance(v, list) else v) for c, v in d["filtre"].items())
    return r.Derivation(d["role"], "Constat", filtre, r.Portee.DESSERTE, "distinct", None)


def _build_indicateur(i: dict[str, Any]) -> r.Indicateur:
    cible = i.get("cible")
    portee = r.Portee(i["portee_spatiale"]) if i.get("portee_spatiale") else None
    derivations = [r.Derivation("valeur", "Lieu", (), portee, "distinct", None)] if portee else []
    derivations += [_build_comptage(d) for d in i.get("derivations", ())]
    return r.Indicateur(
        code=i["code"],
        libelle=i["code"],
        genre=r.GenreIndicateur(i["genre"]),
        niveau=Niveau(i["niveau"]),
        sens=r.Sens(i["sens"]),
        unite=i.get("unite") or "",
        frequence=r.Frequence(i["frequence"]),
        agregation=r.Agregation(i["agregation"]),
        principal=i["principal"],
        cible=None
        if cible is None
        else r.CibleReferentiel(
            operateur=r.Operateur(cible["operateur"]),
            valeur=Fraction(cible["valeur"]),
            echeance=cible.get("echeance"),
            relative_a=r.RelativeA(cible["relative_a"]) if cible.get("relative_a") else None,
            portee="territoire",
            origine=r.Origine(cible["origine"]),
        ),
        nature=r.Nature(i["nature"]) if i.get("nature") else None,
        periode=r.Periode(i["periode"]) if i.get("periode") else None,
        derivations=tuple(derivations),
        heritage=Niveau(i["heritage"]) if i.get("heritage") else None,
        echelle=tuple(i.get("echelle") or ()),
        pas_0=r.PasZero(i["pas_0"]) if i.get("pas_0") else None,
    )


def compute(monde: Monde, code: str, vu_le: date, connu_le: date) -> dict[str, Any]:
    """The product's answer, in the shape of the oracle's."""
    return reduce_tableau(compose_tableau(build_dossier(monde), code, vu_le, connu_le))


def reduce_tableau(tableau: Tableau) -> dict[str, Any]:
    """A tableau without its words."""
    rendu: dict[str, Any] = {
        "code": tableau.territoire.code,
        "vu_le": tableau.vu_le,
        "connu_le": tableau.connu_le,
        "couverture": tableau.taux.couverture,
    }
    if tableau.is_remonte:
        rendu |= _reduce_taux(tableau.taux)
    rendu["engagements"] = [
        _reduce_engagement(e, is_remonte=tableau.is_remonte) for e in tableau.engagements
    ]
    return rendu


def _reduce_taux(taux: Taux) -> dict[str, Any]:
    return {
        "statuts": _reduce_statuts(taux.statuts),
        "couverture": taux.couverture,
        "taux_min": taux.taux_min,
        "taux_max": taux.taux_max,
    }


def _reduce_statuts(statuts: tuple[tuple[Statut, int], ...]) -> dict[str, int]:
    return {s.value: n for s, n in statuts}


def _reduce_engagement(vu: EngagementVu, *, is_remonte: bool) -> dict[str, Any]:
    rendu: dict[str, Any] = {
        "code": vu.engagement.code,
        "statut": vu.statut.value if vu.statut else None,
        "couverture": vu.taux.couverture,
        "statuts": _reduce_statuts(vu.taux.statuts),
        "actions": [
            {
                "code": a.action.code,
                "statut": a.statut.value if a.statut else None,
                "indicateurs": [_reduce_constat(c) for c in a.indicateurs],
            }
            for a in vu.actions
            if a.indicateurs
        ],
        "objectifs": [
            {"code": o.objectif.code, "indicateurs": [_reduce_constat(c) for c in o.indicateurs]}
            for o in vu.objectifs
            if o.indicateurs
        ],
    }
    if is_remonte:
        rendu |= _reduce_taux(vu.taux)
    return rendu


def _reduce_constat(constat: AnyConstat) -> dict[str, Any]:
    if isinstance(constat, Constat):
        return _reduce_propre(constat.indicateur, constat)
    return _reduce_remonte(constat)


def _reduce_propre(indicateur: r.Indicateur, constat: Constat | None) -> dict[str, Any]:
    rendu: dict[str, Any] = {"code": indicateur.code}
    if constat is None:
        vide = (
            "statut",
            "valeur",
            "numerateur",
            "denominateur",
            "cible",
            "date",
            "perime_le",
            "ratio",
            "perdu_le",
        )
        return rendu | dict.fromkeys(vide) | {"drapeaux": []}
    return rendu | {
        "statut": constat.statut.value,
        "valeur": constat.valeur,
        "numerateur": constat.numerateur,
        "denominateur": constat.denominateur,
        "cible": _reduce_cible(constat.cible),
        "date": constat.date,
        "perime_le": constat.perime_le,
        "ratio": constat.ratio,
        "drapeaux": sorted(d.value for d in constat.drapeaux),
        "perdu_le": constat.perdu_le,
    }


def _reduce_cible(cible: CibleResolue | None) -> dict[str, Any] | None:
    if cible is None:
        return None
    return {
        "operateur": cible.operateur.value,
        "valeur": cible.valeur,
        "echeance": cible.echeance,
        "base": cible.base,
        "base_date": cible.base_date,
        "effet": cible.effet,
        "origine": cible.origine.value,
    }


def _reduce_remonte(c: ConstatRemonte) -> dict[str, Any]:
    return _reduce_propre(c.indicateur, c.propre) | {
        "statuts": _reduce_statuts(c.statuts),
        "attendus": c.attendus,
        "applicables": c.applicables,
        "renseignes": c.renseignes,
        "couverture": c.couverture,
        "taux_min": c.taux_min,
        "taux_max": c.taux_max,
        "valeur": c.valeur,
        "numerateur": c.numerateur,
        "denominateur": c.denominateur,
        "valeur_fraiche": c.valeur_fraiche,
        "valeur_complete": c.valeur_complete,
        "au_moins": c.au_moins,
        "au_plus": c.au_plus,
        "territoires": sorted(
            ({"code": x.territoire, "statut": x.statut.value} for x in c.constats),
            key=lambda x: x["code"],
        ),
    }
