"""What `quartiers verifier` says of writes and of the files sent with them, wherever a test asks it after a cut."""

CONTROLES = (
    "chaîne des écritures",
    "chaîne des actes",
    "écritures dont le compte est faux",
    "pièces sans leur fichier",
    "fichiers qui ne prouvent rien",
    "fichiers des pièces dont les octets ont changé",
    "essais d’import dont le contenu a changé",
)
