"""Who may do what, asked actor by actor, the way a préfecture would answer on the telephone.

A second reading: no table, no letters, one plain question after another. It shares nothing with the product.
"""

from __future__ import annotations

ROLES = (
    "prefet", "sous_prefet_ville", "delegue", "prefet_region", "task_force", "recteur", "procureur", "police",
    "gendarmerie", "service_etat", "commune", "epci", "conseil_departemental", "conseil_regional", "operateur",
    "association", "conseil_citoyen", "administrateur",
)  # fmt: skip
VERBES = ("lire", "ecrire", "valider", "contester", "publier", "nommer")
RELATIONS = ("dans", "a_cheval", "hors")
ETATS = ("brouillon", "soumis", "valide", "rejete")
VISIBILITES = ("public", "partenaires", "etat", "restreint")


def is_du_plan(genre: str) -> bool:
    """What the plan holds: its actions, targets, perimeter, what does not apply, what is nearby, its figures."""
    if genre in {"plan", "fiche_action"}:
        return True
    if genre in {"cible", "quartier_cible"}:
        return True
    if genre in {"sans_objet", "confirmation"}:
        return True
    return genre == "tableau"


def is_reunion(genre: str) -> bool:
    """Bodies, their meetings, what they decide."""
    return genre in {"instance", "seance", "decision"}


def is_appui(genre: str) -> bool:
    """What is asked of the task force."""
    return genre == "demande_appui"


def is_a_portee_de_vue(role: str, visibilite: str) -> bool:
    """How reserved a thing each actor may see."""
    if role == "administrateur":
        return False
    if visibilite == "public":
        return True
    if role == "conseil_citoyen":
        return False
    if visibilite == "partenaires":
        return True
    if role in {"epci", "conseil_departemental", "conseil_regional", "operateur", "association"}:
        return False
    if visibilite == "etat":
        return True
    return role in {"prefet", "sous_prefet_ville", "delegue", "procureur", "commune"}


def may_read(role: str, genre: str, etat: str, visibilite: str, *, is_sien: bool) -> bool:
    """Everybody reads what is in his field, associations with reserves, operators no support request."""
    if role == "administrateur":
        return False
    if genre == "mandat":
        return False
    if is_du_plan(genre):
        return True
    if role == "conseil_citoyen":
        return is_reunion(genre)
    if is_appui(genre):
        return role not in {"operateur", "association"}
    if role == "association":
        return is_sien or (etat == "valide" and visibilite == "public")
    return True


def may_write(role: str, genre: str, *, is_sien: bool) -> bool:
    """Who holds the pen, or only for what his own organisme said."""
    if genre == "mandat":
        return False
    if is_du_plan(genre):
        return role in {"sous_prefet_ville", "delegue", "commune", "epci"}
    if is_reunion(genre):
        if role in {"police", "gendarmerie", "procureur"}:
            return True
        return role in {"sous_prefet_ville", "delegue", "commune", "epci"}
    if is_appui(genre):
        if role in {"task_force", "service_etat"}:
            return True
        return role in {"sous_prefet_ville", "delegue", "commune", "epci"}
    if role in {"sous_prefet_ville", "delegue"}:
        return True
    if role in {"prefet", "prefet_region", "task_force", "procureur"}:
        return False
    if role in {"conseil_citoyen", "administrateur"}:
        return False
    return is_sien


def may_validate(role: str, genre: str, *, is_sien: bool) -> bool:
    """The préfecture on all; those who sign the plan, on the plan; the others, on what their organisme said."""
    if genre == "mandat":
        return False
    if role in {"prefet", "sous_prefet_ville"}:
        return True
    if is_du_plan(genre):
        return role in {"commune", "epci"}
    if is_reunion(genre) or is_appui(genre):
        return False
    if role == "delegue":
        return True
    if role in {"prefet_region", "task_force", "procureur"}:
        return False
    if role in {"association", "conseil_citoyen", "administrateur"}:
        return False
    return is_sien


def may_contest(role: str, genre: str) -> bool:
    """Whoever writes something somewhere says that a figure is wrong; who only reads or judges does not."""
    if genre != "tableau":
        return False
    return role not in {"prefet", "prefet_region", "conseil_citoyen", "administrateur"}


def may_publish(role: str, genre: str, etat: str, visibilite: str) -> bool:
    """The State's representatives, the task force, the communes and their groupings: what is settled, and not reserved."""
    if genre == "mandat":
        return False
    if etat != "valide" or visibilite == "restreint":
        return False
    if role in {"prefet", "sous_prefet_ville", "prefet_region", "task_force"}:
        return True
    return role in {"commune", "epci"}


def may_appoint(role: str, *, is_sien: bool) -> bool:
    """The préfecture in its département, the task force in the nation; a town or a grouping, for its own staff."""
    if role in {"prefet", "sous_prefet_ville"}:
        return True
    if role == "task_force":
        return True
    if role in {"commune", "epci"}:
        return is_sien
    return False


def may_give(role: str, donne: str, relation: str, *, is_sien: bool) -> bool:
    """Whether an actor may appoint another one, there: one question after another."""
    if role == "administrateur" or donne == "administrateur":
        # A rôle that opens nothing is of no place: `sans` is its relation, and the others have none.
        return role == donne and relation == "sans"
    if relation != "dans" or not may_appoint(role, is_sien=is_sien):
        return False
    if donne in {"prefet_region", "conseil_regional", "task_force"}:
        return role == "task_force"
    if donne == "prefet":
        return role == "task_force"
    if donne in {"sous_prefet_ville", "procureur"}:
        return role == "prefet"
    if role in {"commune", "epci"}:
        return donne == role
    if role == "task_force":
        return donne in {"recteur", "service_etat", "epci"}
    return True


def may(
    role: str,
    verbe: str,
    genre: str,
    relation: str,
    etat: str,
    visibilite: str,
    *,
    is_sien: bool,
    is_auteur: bool,
) -> bool:
    """One answer. `relation`: where the record is, against the territoire given; `is_sien`: of one's organisme."""
    if relation == "hors":
        return False
    if relation == "a_cheval" and verbe != "lire":
        return False
    if not is_a_portee_de_vue(role, visibilite):
        return False
    if etat == "brouillon" and not is_sien:
        return False
    if verbe == "lire":
        return may_read(role, genre, etat, visibilite, is_sien=is_sien)
    if verbe == "ecrire":
        return may_write(role, genre, is_sien=is_sien)
    if verbe == "valider":
        if is_auteur or etat != "soumis":
            return False
        return may_validate(role, genre, is_sien=is_sien)
    if verbe == "contester":
        return may_contest(role, genre)
    if verbe == "nommer":
        return genre == "mandat" and may_appoint(role, is_sien=is_sien)
    return may_publish(role, genre, etat, visibilite)
