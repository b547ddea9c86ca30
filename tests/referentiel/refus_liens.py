"""Between entries, and dispositifs: what the loader refuses of each."""

from __future__ import annotations

from tests.referentiel.refus_dits import C, J, P, Refus, S

REFUS: Refus = {
    # --- between entries
    "aucun principal": (
        C,
        'code = "m-3-1-charte-signee"\nprincipal = true',
        'code = "m-3-1-charte-signee"',
        [f"{C}, M-3-1 : un seul indicateur principal, et le premier"],
    ),
    "deux principaux": (
        S,
        'code = "m-1-1-jours-ouverts"',
        'code = "m-1-1-jours-ouverts"\nprincipal = true',
        [f"{S}, M-1-1 : un seul indicateur principal, et le premier"],
    ),
    "principal d'un objectif": (
        S,
        'code = "a-1-1-ressenti"',
        'code = "a-1-1-ressenti"\nprincipal = true',
        [f"{S}, a-1-1-ressenti : l'indicateur d'un objectif n'est jamais principal"],
    ),
    "code deux fois": (
        J,
        'code = "M-2-3"',
        'code = "M-1-2"',
        [
            f"{S}, M-1-2 : code employé 2 fois",
            f"{J}, M-1-2 : code employé 2 fois",
            f"{J}, A-2-1 : action inconnue : M-2-3",
        ],
    ),
    "action inconnue": (
        S,
        'couvert_par = ["M-1-1"',
        'couvert_par = ["M-9-9"',
        [f"{S}, A-1-1 : action inconnue : M-9-9"],
    ),
    "dispositif inconnu": (
        J,
        'dispositifs = ["volontariat-rural"]',
        'dispositifs = ["volontariat"]',
        [f"{J}, M-2-1 : dispositif inconnu : volontariat"],
    ),
    "recouvre l'inconnu": (
        C,
        'nature = "stock"',
        'nature = "stock"\nrecouvre = ["m-9-9"]',
        [f"{C}, m-3-2-delai-secours : indicateur inconnu : m-9-9"],
    ),
    "recouvre sans retour": (
        C,
        'nature = "stock"',
        'nature = "stock"\nrecouvre = ["m-2-3-maison"]',
        [f"{C}, m-3-2-delai-secours : « recouvre » m-2-3-maison, qui ne le dit pas en retour"],
    ),
    "recouvre lui-même": (
        C,
        'nature = "stock"',
        'nature = "stock"\nrecouvre = ["m-3-2-delai-secours"]',
        [f"{C}, m-3-2-delai-secours : se recouvre lui-même"],
    ),
    # --- dispositifs
    "dispositif deux fois": (
        P,
        'code = "volontariat-rural"',
        (
            'code = "volontariat-rural"\nlibelle = "Volontariat"\n\n[[dispositifs]]\n'
            'code = "volontariat-rural"'
        ),
        [f"{P}, volontariat-rural : dispositif écrit 2 fois"],
    ),
    "fin avant début": (
        P,
        "au = 2023-12-31",
        "du = 2024-01-01\nau = 2023-12-31",
        [f"{P}, relais-de-services : « au » est avant « du »"],
    ),
    "successeur inconnu": (
        P,
        'successeur = "service-multiple"',
        'successeur = "service-triple"',
        [f"{P}, relais-de-services : successeur inconnu : service-triple"],
    ),
    "remplacé sans fin": (
        P,
        "au = 2023-12-31\n",
        "",
        [f"{P}, relais-de-services : un dispositif remplacé porte sa date de fin « au »"],
    ),
    "successeur trop tôt": (
        P,
        "du = 2024-01-01",
        "du = 2023-12-31",
        [
            (
                f"{P}, relais-de-services : son successeur service-multiple doit commencer (« du »)"
                " après le 2023-12-31"
            )
        ],
    ),
    "succession en rond": (
        P,
        "du = 2024-01-01",
        'du = 2024-01-01\nau = 2024-12-31\nsuccesseur = "relais-de-services"',
        [
            f"{P}, relais-de-services : se succède à lui-même",
            (
                f"{P}, service-multiple : son successeur relais-de-services doit commencer (« du »)"
                " après le 2024-12-31"
            ),
            f"{P}, service-multiple : se succède à lui-même",
        ],
    ),
}
