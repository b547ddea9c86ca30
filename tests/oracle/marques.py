"""Which rows of 4.7 a cell has met, and on which side of which boundary (see lignes.py).

Nothing here changes an answer: it only says what the worlds have exercised.
"""

from datetime import date

from tests.oracle.cible import Cible
from tests.oracle.etat import (
    PROCHE,
    TOLERANCES,
    Etat,
    Lecture,
    is_frais,
    list_dernieres_listes,
    list_lignes,
    read_valeur,
)
from tests.oracle.jugement import Constat, is_base_au_dela
from tests.oracle.periode import LIMITES, add_jours, get_periode
from tests.oracle.regard import Ligne, Regard, fold_nom, get_identite, is_retrait

JUGES = ("atteint", "en_bonne_voie", "a_surveiller", "non_engage", "en_retard", "echu_non_atteint")


def mark_fraicheur(regard: Regard, lecture: Lecture, etat: Etat) -> None:
    """The two days around a limit; what does not age; a PV value, with or without its calendar."""
    if etat.perime_le is not None:
        if etat.perime_le == add_jours(regard.vu_le, 1):
            regard.marque("limite_de_fraicheur/age_egal")
        if etat.perime_le == regard.vu_le:
            regard.marque("limite_de_fraicheur/lendemain")
    elif etat.le < add_jours(regard.vu_le, -LIMITES["A"]):
        regard.marque("faits_durables/etape_atteinte")
    if lecture.indicateur["frequence"] == "PV":
        cas = "inconnu" if etat.calendrier_inconnu else "connu"
        regard.marque(f"fraicheur_pv/{cas}")
    if lecture.indicateur.get("nature") == "flux" and etat.perime_le is not None:
        suivante = add_jours(get_periode(lecture.indicateur, etat.le)[1], 1)
        if etat.perime_le == add_jours(suivante, 120) and suivante <= regard.vu_le:
            regard.marque("stock_ou_flux/120_jours")


def mark_liste(regard: Regard, lecture: Lecture, etat: Etat) -> None:
    """What the lists did: hold, prove an absence, end an object."""
    listes = list_dernieres_listes(regard, lecture, etat.rang, regard.vu_le)
    if not listes:
        return
    regard.marque("attestation_de_liste/" + ("tenu" if etat.valeur else "absence"))
    for objet in regard.objets.get(lecture.place, {}).get(etat.rang, []):
        liste = listes.get(objet["source"])
        if liste is not None and objet["temoin"] < liste:
            regard.marque("attestation_de_liste/perdu_a_la_liste")


def mark_portee(regard: Regard, lecture: Lecture, etat: Etat) -> None:
    """Distances at a bound or just beyond, acts that carry their end."""
    for objet in regard.objets.get(lecture.place, {}).get(etat.rang, []):
        distance, portee = objet.get("distance_m"), objet.get("portee")
        if objet.get("au") is not None and objet["au"] == objet["temoin"]:
            if 0 <= (objet["au"] - regard.vu_le).days <= 1:
                regard.marque("faits_durables/dernier_jour")
            if (regard.vu_le - objet["au"]).days == 1:
                regard.marque("faits_durables/lendemain_de_la_fin")
        if distance is None or portee is None:
            regard.marque("portee/sans_distance")
            continue
        for bord in (TOLERANCES[portee], PROCHE):
            if distance == bord:
                regard.marque(f"portee/{bord}_juste")
            elif bord < distance <= bord + 1:
                regard.marque(f"portee/{bord}_passe")
        if distance > PROCHE:
            regard.marque("portee/hors")
    if etat.has_proche:
        regard.marque("portee/proche")
    if etat.nombre_confirme:
        regard.marque("portee/confirme")


def mark_meme_jour(regard: Regard, lecture: Lecture) -> None:
    """Several lines of one rank on one day; lines corrected or withdrawn; lines known too late."""
    for collection in ("releves", "valeurs"):
        lignes = [
            x
            for x in regard.monde.get(collection, ())
            if (x["indicateur"], x["territoire"]) == lecture.place
        ]
        connues = [x for x in lignes if x["connu_le"] <= regard.connu_le]
        if len(connues) < len(lignes):
            regard.marque("dates_de_connaissance/connu_apres")
        if any(x["connu_le"] == regard.connu_le for x in connues):
            regard.marque("dates_de_connaissance/connu_ce_jour")
        jours = [(x["date"], x.get("rang")) for x in connues]
        if len(set(jours)) < len(jours):
            regard.marque("meme_jour/plusieurs")
        identites = [get_identite(x) for x in connues]
        if len(set(identites)) < len(identites):
            regard.marque("meme_jour/correction")
        if any(is_retrait(x) and x.get("cle") is None for x in connues):
            regard.marque("meme_jour/retrait_sans_cle")
        noms = {x["source"] for x in connues}
        if len({fold_nom(nom) for nom in noms}) < len(noms):
            regard.marque("meme_jour/source_autrement_ecrite")
    mark_sources(regard, lecture)


def mark_sources(regard: Regard, lecture: Lecture) -> None:
    """Several sources on the last day of a rank, with keys or without, who agree or not."""
    for rang in regard.valeurs.get(lecture.place, {}):
        lignes = list_lignes(regard, lecture, rang, regard.vu_le)
        dernieres = [x for x in lignes if x["date"] == max(y["date"] for y in lignes)]
        if len({fold_nom(x["source"]) for x in dernieres}) > 1:
            accord = "accord" if len({read_valeur(x) for x in dernieres}) == 1 else "desaccord"
            cle = "sans" if any(x["cle"] is None for x in dernieres) else "avec"
            regard.marque(f"meme_jour/{accord}_de_sources_{cle}_cle")


def mark_etats(regard: Regard, lecture: Lecture, etats: list[Etat], etat: Etat | None) -> None:
    """What the states of a cell have met."""
    mark_meme_jour(regard, lecture)
    if etat is None:
        return
    if etat.is_contredit:
        regard.marque("meme_jour/contredit")
    mark_fraicheur(regard, lecture, etat)
    if etat.objets is not None:
        mark_liste(regard, lecture, etat)
        mark_portee(regard, lecture, etat)
    if len(etats) > 1:
        regard.marque("plusieurs_sources/deux")
        if etat.rang > min(e.rang for e in etats) and is_frais(etat, regard.vu_le):
            regard.marque("plusieurs_sources/le_frais_gagne")
    if lecture.periode is not None:
        toutes = list_lignes(
            regard, Lecture(lecture.indicateur, lecture.territoire), etat.rang, regard.vu_le
        )
        if any(not lecture.periode[0] <= x["date"] <= lecture.periode[1] for x in toutes):
            regard.marque("stock_ou_flux/autre_periode")


def mark_genre(regard: Regard, indicateur: Ligne, constat: Constat) -> None:
    """Rows about one genre."""
    etat, genre = constat.etat, indicateur["genre"]
    if etat is None:
        return
    if genre == "part":
        if etat.denominateur == 0:
            regard.marque("part/denominateur_0_" + constat.statut)
        else:
            regard.marque("part/" + ("valeur_seule" if etat.numerateur is None else "rapport"))
    if genre == "doublement":
        regard.marque("doublement/" + constat.statut)
    seuil = constat.cible.seuil if constat.cible is not None else None
    if genre == "presence" and seuil is not None and 0 < (etat.valeur or 0) < seuil:
        regard.marque("presence_partielle/" + constat.statut)
    if indicateur.get("nature") == "flux":
        regard.marque("stock_ou_flux/flux")
        if "periode_precedente" in constat.drapeaux:
            regard.marque("stock_ou_flux/periode_precedente")
    if constat.cible is not None and constat.cible.annee_precedente is not None:
        regard.marque("annee_precedente/" + constat.statut)


def mark_cible(regard: Regard, cible: Cible, constat: Constat) -> None:
    """Rows about the target: deadline, exact equality, base, operator."""
    if cible.echeance is not None and constat.statut in JUGES:
        if regard.vu_le == cible.echeance:
            regard.marque("echeance/jour")
        if regard.vu_le == add_jours(cible.echeance, 1):
            regard.marque("echeance/lendemain_" + constat.statut)
    if cible.seuil is not None and constat.etat is not None and constat.etat.valeur == cible.seuil:
        regard.marque("arithmetique_exacte/egal")
    if cible.seuil is not None and is_base_au_dela(cible.base, cible.seuil, cible.operateur):
        regard.marque("base_au_dela/" + constat.statut)
    if cible.base_date is None and constat.ratio is not None and cible.base is not None:
        regard.marque("base_datee/effet")
    if cible.operateur == "=":
        regard.marque("operateur/egal_" + constat.statut)


def mark_constat(regard: Regard, indicateur: Ligne, constat: Constat) -> None:
    """What the whole cell has met."""
    mark_genre(regard, indicateur, constat)
    if constat.cible is not None:
        mark_cible(regard, constat.cible, constat)
    for drapeau in constat.drapeaux & {"tardif", "redate"}:
        regard.marque(f"tardif/{drapeau}")
    if "tardif" in constat.drapeaux and indicateur["genre"] in {"presence", "jalon"}:
        regard.marque("perdu/repris")
    if constat.perdu_le is not None:
        regard.marque("perdu/perdu")
        if "a_proximite" in constat.drapeaux:
            regard.marque("perdu/proche_reste")


def mark_sans_objet(regard: Regard, derniers_jours: list[date]) -> None:
    """A declared « sans objet » on its last day, or the day after."""
    for fin in derniers_jours:
        if fin == regard.vu_le:
            regard.marque("sans_objet/dernier_jour")
        if fin == add_jours(regard.vu_le, -1):
            regard.marque("sans_objet/lendemain")
        regard.marque("sans_objet/declare")
