"""Why this statut, in one French sentence made of the same values as the figure."""

from __future__ import annotations

from fractions import Fraction

from quartiers.core.constat import CibleResolue, Constat, ConstatRemonte
from quartiers.core.dire import FINE, say_date, say_metres, say_nombre, say_part, say_valeur
from quartiers.core.fait import Objet, SansObjet
from quartiers.core.genres.sans_objet import MOTIFS
from quartiers.core.referentiel import GenreIndicateur, Operateur
from quartiers.core.statut import LIBELLES, Drapeau, Statut
from quartiers.core.temps import get_dernier_jour_sans_objet

_MOTS_OPERATEUR = {
    Operateur.AU_MOINS: "au moins",
    Operateur.AU_PLUS: "au plus",
    Operateur.EXACTEMENT: "exactement",
}


COUVERT = "Nombre gardé secret\u00a0: il compte trop peu de personnes, ou permettrait de le savoir."


def say_motif(motif: str) -> str:
    """The motive of a « sans objet » as a sentence begins with it."""
    mots = MOTIFS.get(motif, motif.replace("_", " "))
    return f"{mots[:1].upper()}{mots[1:]}"


def say_raison(constat: Constat) -> str:
    """The sentence for a constat; never « null », never a zero for an unknown."""
    suite = " Contesté, pas encore tranché." if Drapeau.CONTESTE in constat.drapeaux else ""
    return _say_calcul(constat) + suite


def _say_calcul(constat: Constat) -> str:
    """What the computation says, whoever contests it."""
    if Drapeau.SECRET in constat.drapeaux:
        return COUVERT
    if constat.statut is Statut.SANS_OBJET:
        return _say_sans_objet(constat)
    if constat.statut is Statut.NON_RENSEIGNE:
        return _say_non_renseigne(constat)
    phrases = [_say_mesure(constat)]
    if constat.statut is Statut.PERIME and constat.perime_le is not None:
        phrases.append(f"Périmé depuis le {say_date(constat.perime_le)}.")
        if constat.dernier_statut is not None:
            phrases.append(f"Dernier état{FINE}: {LIBELLES[constat.dernier_statut].lower()}.")
    elif constat.statut is Statut.SANS_CIBLE:
        phrases.append("Cible à fixer.")
        if Drapeau.DESACCORD in constat.drapeaux:
            phrases.append(_PHRASES[Drapeau.DESACCORD])
    else:
        phrases += _say_jugement(constat)
    return " ".join(phrases)


def _say_mesure(constat: Constat) -> str:
    """The value, its date and its target."""
    indicateur = constat.indicateur
    if indicateur.genre is GenreIndicateur.JALON:
        mesure = _say_etape(constat, constat.valeur)
    elif constat.numerateur is not None and constat.denominateur is not None:
        fraction = f"{say_nombre(constat.numerateur)} sur {say_nombre(constat.denominateur)}"
        part = (
            "part inconnue" if constat.valeur is None else f"soit {say_valeur(constat.valeur, '%')}"
        )
        mesure = f"{fraction}, {part}"
    else:
        au_moins = "au moins " if Drapeau.AU_MOINS in constat.drapeaux else ""
        mesure = au_moins + say_valeur(constat.valeur, indicateur.unite)
    le = f" au {say_date(constat.date)}" if constat.date is not None else ""
    phrase = f"{mesure[:1].upper()}{mesure[1:]}{le}"
    cible = say_cible(constat, constat.cible)
    return f"{phrase}, pour une cible d’{cible}." if cible else f"{phrase}."


def _say_etape(constat: Constat, valeur: Fraction | None) -> str:
    echelle = constat.indicateur.echelle
    pas = int(valeur or 0)
    nom = f" ({echelle[pas]})" if pas < len(echelle) else ""
    return f"étape {pas}{nom}"


def say_cible(constat: Constat, cible: CibleResolue | None) -> str:
    """« au moins 6 postes, échéance 31 décembre 2027 »; empty without target or threshold."""
    if cible is None or cible.valeur is None:
        return ""
    if constat.indicateur.genre is GenreIndicateur.JALON:
        texte = f"au moins l’{_say_etape(constat, cible.valeur)}"
    else:
        texte = f"{_MOTS_OPERATEUR[cible.operateur]} {say_valeur(cible.valeur, constat.indicateur.unite)}"
    if cible.echeance is not None:
        texte += f" au {say_date(cible.echeance)}"
    return texte


def _say_jugement(constat: Constat) -> list[str]:
    phrases = []
    if constat.statut is Statut.ECHU_NON_ATTEINT and constat.ratio is not None:
        phrases.append(f"{say_part(constat.ratio)} du chemin parcouru à l’échéance.")
    elif constat.ratio is not None:
        phrases.append(
            f"{say_valeur(100 * constat.ratio, '%')} de l’avancement attendu à cette date."
        )
    phrases += _say_objets(constat)
    phrases += [phrase for drapeau, phrase in _PHRASES.items() if drapeau in constat.drapeaux]
    if constat.perdu_le is not None:
        phrases.append(f"Perdu depuis le {say_date(constat.perdu_le)}.")
    if constat.cible is not None and constat.cible.premiere_echeance is not None:
        phrases.append(f"Première échéance{FINE}: {say_date(constat.cible.premiere_echeance)}.")
    if constat.somme is not None and constat.somme.connus < constat.somme.attendus:
        phrases.append(_say_manquants(constat))
    return phrases


_PHRASES = {
    Drapeau.TARDIF: "Atteint après l’échéance.",
    Drapeau.CONFIRME: "Desserte confirmée par le délégué.",
    Drapeau.A_PROXIMITE: "Un service existe à proximité, au-delà de la portée.",
    Drapeau.BASE_INCONNUE: "Base ou date de départ inconnue : pas de trajectoire.",
    Drapeau.SANS_ECHEANCE: "Sans échéance.",
    Drapeau.PERIODE_PRECEDENTE: "Total de la période précédente.",
    Drapeau.DESACCORD: "Les sources ne disent pas la même chose.",
    Drapeau.REGISTRE_INCOMPLET: "Personne n’a dit que tout était enregistré : la plus grande valeur parle.",
}


def _say_objets(constat: Constat) -> list[str]:
    """The nearest object retained, with its distance."""
    objets = [f for f in constat.faits if isinstance(f, Objet) and f.distance_m is not None]
    if not objets:
        return []
    plus_proche = min(objets, key=lambda o: (o.distance_m or 0.0, o.objet))
    nom = plus_proche.preuve.libelle or plus_proche.objet
    if not plus_proche.distance_m:
        return [f"{nom}, dans le périmètre."]
    return [f"{nom}, à {say_metres(plus_proche.distance_m)}."]


def _say_sans_objet(constat: Constat) -> str:
    declare = next((f for f in constat.faits if isinstance(f, SansObjet)), None)
    if declare is not None:
        fin = get_dernier_jour_sans_objet(declare.valide_le)
        validite = f"validé le {say_date(declare.valide_le)}, à renouveler avant le {say_date(fin)}"
        return f"{say_motif(declare.motif)}, {validite}."
    if constat.indicateur.genre is GenreIndicateur.JALON:
        return f"{_say_mesure(constat)} Cette étape rend l’action sans objet."
    return "Dénominateur nul : il n’y a rien à mesurer."


def _say_non_renseigne(constat: Constat) -> str:
    if constat.somme is not None and constat.valeur is not None:
        return f"{_say_mesure(constat)} {_say_manquants(constat)}"
    if Drapeau.CALENDRIER_INCONNU in constat.drapeaux:
        return "Le calendrier scolaire n’est pas connu aux dates qu’il faut : rien ne peut être compté."
    return "Aucune valeur connue, et aucune liste complète ne prouve l’absence."


def _say_manquants(constat: Constat) -> str:
    somme = constat.somme
    if somme is None:
        return ""
    manquants = somme.attendus - somme.connus
    seuil = constat.cible.valeur if constat.cible is not None else None
    part = ""
    if seuil and constat.valeur is not None:
        part = f"{say_part(constat.valeur / seuil)} de la cible{FINE}; "
    pluriel = "s" if manquants > 1 else ""
    return f"{part}{manquants} quartier{pluriel} non renseigné{pluriel} sur {somme.attendus}."


def say_raison_remontee(remonte: ConstatRemonte) -> str:
    """The sentence for a figure above the quartier: how many are up to date, and the interval."""
    if Drapeau.SECRET in remonte.drapeaux and remonte.propre is None:
        return f"{remonte.renseignes} sur {remonte.applicables} à jour. {COUVERT}"
    if remonte.propre is not None:
        return say_raison(remonte.propre)
    phrases = [f"{remonte.renseignes} sur {remonte.applicables} à jour."]
    if remonte.taux_min is not None and remonte.taux_max is not None:
        atteints = dict(remonte.statuts).get(Statut.ATTEINT, 0)
        phrases.append(f"Atteint{FINE}: {_say_intervalle(remonte, atteints)}.")
    if remonte.valeur is not None:
        phrases.append(
            f"Valeur connue{FINE}: {say_valeur(remonte.valeur, remonte.indicateur.unite)}."
        )
        if not remonte.valeur_complete:
            phrases.append(
                f"Dont à jour{FINE}: {say_valeur(remonte.valeur_fraiche, remonte.indicateur.unite)}."
            )
        if remonte.reste is not None:
            phrases.append(
                f"Non réparti{FINE}: {say_valeur(remonte.reste.valeur, remonte.indicateur.unite)}."
            )
    elif remonte.au_moins is not None and remonte.au_plus is not None:
        au_plus = say_valeur(remonte.au_plus, remonte.indicateur.unite)
        phrases.append(f"Au moins {say_nombre(remonte.au_moins)}, au plus {au_plus}.")
    return " ".join(phrases)


VINGT = 20


def _say_intervalle(remonte: ConstatRemonte, atteints: int) -> str:
    """Numbers below twenty units, percentages above (domaine.md 4.6)."""
    jugeables = remonte.applicables - dict(remonte.statuts).get(Statut.SANS_CIBLE, 0)
    if jugeables >= VINGT:
        return f"au moins {say_part(remonte.taux_min)}, au plus {say_part(remonte.taux_max)}"
    inconnus = sum(dict(remonte.statuts).get(s, 0) for s in (Statut.NON_RENSEIGNE, Statut.PERIME))
    if not inconnus:
        return f"{atteints} sur {jugeables}"
    return f"{atteints} à {atteints + inconnus} sur {jugeables}"
