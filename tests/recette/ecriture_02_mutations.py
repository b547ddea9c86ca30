"""2. Mutations of the référentiel: every wrong filter, word, count, field, window and calendar is refused at load."""

from __future__ import annotations

import shutil
from collections import Counter

from quartiers.core.derivation.regle import build_regles
from quartiers.core.referentiel import Referentiel
from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, load_programme
from tests.core.derivation.mutations import find_refus, list_ajouts, list_mutations
from tests.recette.outils import Atelier, expect, play

MUTATIONS_AU_MOINS = 800
FICHIER = "08-prevention-lien-police.toml"
# What a hand could write in the file itself, and the key that the refusal must name.
FAUTES = (
    ('fonction = ["dcpp"], pourvu = true', 'fonction = ["dccp"], pourvu = true', "« fonction »"),
    ('fonction = ["dcpp"], pourvu = true', 'fonction = ["dcpp"], tenue = true', "« tenue »"),
    ('champ = "problemes_resolus"', 'champ = "problemes"', "« problemes »"),
    ("tenue = true, fenetre_mois = 3 }", "tenue = true }", "sans fenêtre"),
    ('"jours_ouvres_vacances_echus"', '"semaines_echues"', "« jours »"),
)


def main(atelier: Atelier) -> str:
    """The rules of the programme, then each mutation of them, then the command on a file made wrong."""
    referentiel = load_programme(DOSSIER_PAR_DEFAUT)
    regles = build_regles(referentiel)
    atelier.note(f"{len(regles)} règles : {dict(Counter(r.compte.value for r in regles))}")
    vues = judge_mutations(atelier, referentiel)
    judge_ajouts(atelier, referentiel)
    for avant, apres, cle in FAUTES:
        refuse_fichier(atelier, avant, apres, cle)
    return (
        f"{len(regles)} règles compilées ; {vues} mutations fausses sur {vues} refusées, dans leur entrée ; "
        f"{len(FAUTES)} fautes écrites dans un fichier, refusées avec le fichier, l’entrée et la clé"
    )


def judge_mutations(atelier: Atelier, referentiel: Referentiel) -> int:
    """All are refused, and the refusal names the indicateur changed."""
    vues: Counter[str] = Counter()
    for mutation in list_mutations(referentiel):
        refus = find_refus(referentiel, mutation)
        expect(refus is not None, f"une mutation que rien ne refuse : {mutation.dite}")
        nommes = {r.indicateur for r in refus.refusees} if refus is not None else set()
        expect(nommes == {mutation.indicateur.code}, f"{mutation.dite} : refusé dans {nommes}")
        vues[mutation.sorte] += 1
    for sorte, nombre in vues.most_common():
        atelier.note(f"{nombre:6} sur {nombre:6} refusées : {sorte}")
    expect(vues.total() >= MUTATIONS_AU_MOINS, f"{vues.total()} mutations seulement")
    return vues.total()


def judge_ajouts(atelier: Atelier, referentiel: Referentiel) -> None:
    """One more filter of its own kind: how many are refused, how many honoured."""
    refusees = [find_refus(referentiel, ajout) is not None for ajout in list_ajouts(referentiel)]
    atelier.note(
        f"un filtre connu de plus : {len(refusees)}, dont {sum(refusees)} refusés "
        f"et {len(refusees) - sum(refusees)} lus par la règle"
    )


def refuse_fichier(atelier: Atelier, avant: str, apres: str, cle: str) -> None:
    """The command refuses a programme whose file says that, and names where."""
    dossier = atelier.dossier / "programme"
    shutil.rmtree(dossier, ignore_errors=True)
    shutil.copytree(DOSSIER_PAR_DEFAUT, dossier)
    texte = (dossier / FICHIER).read_text(encoding="utf-8")
    expect(avant in texte, f"« {avant} » n’est plus dans {FICHIER}")
    (dossier / FICHIER).write_text(texte.replace(avant, apres, 1), encoding="utf-8")
    atelier.variables["QUARTIERS_REFERENTIEL"] = str(dossier)
    reponse = atelier.run("referentiel", "verifier")
    dit = f"{reponse.sortie}{reponse.erreurs}"
    expect(reponse.code == 1, f"« {apres} » : code {reponse.code}")
    lignes = [ligne for ligne in dit.splitlines() if FICHIER in ligne and cle in ligne]
    expect(bool(lignes), f"« {apres} » : {dit[-400:]}")
    atelier.note(lignes[0].strip()[:200])


if __name__ == "__main__":
    play(main)
