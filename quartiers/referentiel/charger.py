"""TOML files → Referentiel, or every reason why not."""

from __future__ import annotations

import hashlib
import os
import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from quartiers.core import referentiel as coeur
from quartiers.referentiel import modeles
from quartiers.referentiel.defaut import Defaut, ReferentielInvalide
from quartiers.referentiel.francais import translate
from quartiers.referentiel.verification import Fichier, check_programme

FICHIER_PROGRAMME = "programme.toml"
DOSSIER_PAR_DEFAUT = Path(__file__).resolve().parent.parent.parent / "data" / "referentiel"
_Modele = TypeVar("_Modele", bound=modeles.Strict)


def get_dossier() -> Path:
    """The folder in use: QUARTIERS_REFERENTIEL, else the programme that comes with the product."""
    return Path(os.environ.get("QUARTIERS_REFERENTIEL") or DOSSIER_PAR_DEFAUT)


def load_programme(dossier: Path) -> coeur.Referentiel:
    """The programme of a folder. Raises ReferentielInvalide with every defect found."""
    programme, fichiers = read_programme(dossier)
    return _build(programme, fichiers, compute_version(dossier))


def read_programme(dossier: Path) -> tuple[modeles.ProgrammeEcrit, list[Fichier]]:
    """The files as written, checked."""
    if not (dossier / FICHIER_PROGRAMME).is_file():
        raise ReferentielInvalide([Defaut(str(dossier), "", f"{FICHIER_PROGRAMME} est absent")])
    defauts: list[Defaut] = []
    programme = _read(dossier / FICHIER_PROGRAMME, modeles.ProgrammeEcrit, defauts)
    fichiers = []
    for chemin in sorted(dossier.glob("*.toml")):
        if chemin.name != FICHIER_PROGRAMME:
            engagement = _read(chemin, modeles.EngagementEcrit, defauts)
            if engagement is not None:
                fichiers.append(Fichier(chemin.name, engagement))
    if not fichiers and not defauts:
        defauts.append(Defaut(str(dossier), "", "aucun engagement"))
    if programme is not None and not defauts:
        defauts += check_programme(FICHIER_PROGRAMME, programme, fichiers)
    if defauts or programme is None:
        raise ReferentielInvalide(defauts)
    return programme, fichiers


def _read(chemin: Path, modele: type[_Modele], defauts: list[Defaut]) -> _Modele | None:
    try:
        brut = tomllib.loads(chemin.read_text(encoding="utf-8"), parse_float=str)
    except tomllib.TOMLDecodeError as erreur:
        defauts.append(Defaut(chemin.name, "", f"TOML illisible : {erreur}"))
        return None
    except (OSError, UnicodeDecodeError) as erreur:
        defauts.append(Defaut(chemin.name, "", f"fichier illisible : {erreur}"))
        return None
    try:
        return modele.model_validate(brut)
    except ValidationError as erreur:
        defauts += translate(chemin.name, brut, erreur)
        return None


def compute_version(dossier: Path) -> str:
    """A digest of the content: twelve signs, the same on any machine."""
    empreinte = hashlib.sha256()
    for chemin in sorted(dossier.glob("*.toml")):
        texte = chemin.read_text(encoding="utf-8").replace("\r\n", "\n")
        empreinte.update(f"{chemin.name}\0{texte}\0".encode())
    return empreinte.hexdigest()[:12]


def _build(
    programme: modeles.ProgrammeEcrit, fichiers: list[Fichier], version: str
) -> coeur.Referentiel:
    return coeur.Referentiel(
        programme=programme.programme,
        nom=programme.nom,
        version=version,
        engagements=tuple(_build_engagement(f.engagement) for f in fichiers),
        dispositifs=tuple(
            coeur.Dispositif(d.code, d.libelle, d.du, d.au, d.successeur)
            for d in programme.dispositifs
        ),
        vocabulaires={
            **programme.vocabulaires,
            "source": {s.code: f"{s.libelle} ({s.producteur})" for s in programme.sources},
        },
    )


def _build_engagement(ecrit: modeles.EngagementEcrit) -> coeur.Engagement:
    return coeur.Engagement(
        code=ecrit.code,
        texte=ecrit.texte,
        titre=ecrit.titre,
        libelle=ecrit.libelle,
        objectifs=tuple(
            coeur.Objectif(
                code=o.code,
                texte=o.texte,
                couvert_par=tuple(o.couvert_par),
                indicateurs=tuple(_build_indicateur(i) for i in o.indicateurs),
                lecture=o.lecture,
                texte_corrige=o.texte_corrige,
            )
            for o in ecrit.objectifs
        ),
        actions=tuple(
            coeur.Action(
                code=a.code,
                texte=a.texte,
                libelle=a.libelle,
                mode=a.mode,
                dispositifs=tuple(a.dispositifs),
                indicateurs=tuple(_build_indicateur(i) for i in a.indicateurs),
                texte_corrige=a.texte_corrige,
            )
            for a in ecrit.actions
        ),
    )


def _build_indicateur(ecrit: modeles.IndicateurEcrit) -> coeur.Indicateur:
    return coeur.Indicateur(
        code=ecrit.code,
        libelle=ecrit.libelle,
        genre=ecrit.genre,
        niveau=ecrit.niveau,
        sens=ecrit.sens,
        unite=ecrit.unite,
        frequence=ecrit.frequence,
        agregation=ecrit.agregation,
        principal=ecrit.principal,
        cible=_build_cible(ecrit.cible),
        nature=ecrit.nature,
        periode=ecrit.periode,
        derivations=tuple(_build_derivation(d) for d in ecrit.derivations),
        declarants=tuple(ecrit.declarants),
        sources=tuple(coeur.UsageDeSource(s.code, s.role) for s in ecrit.sources),
        lecture=ecrit.lecture,
        heritage=ecrit.heritage,
        echelle=tuple(ecrit.echelle),
        pas_0=ecrit.pas_0,
        seuil_secret=ecrit.seuil_secret,
        sensible=ecrit.sensible,
        ventilations=tuple(ecrit.ventilations),
        recouvre=tuple(ecrit.recouvre),
        a_verifier=ecrit.a_verifier,
        admet_negatif=ecrit.admet_negatif,
    )


def _build_cible(ecrite: modeles.CibleEcrite | None) -> coeur.CibleReferentiel | None:
    if ecrite is None:
        return None
    return coeur.CibleReferentiel(
        operateur=ecrite.operateur,
        valeur=ecrite.valeur,
        echeance=ecrite.echeance,
        relative_a=ecrite.relative_a,
        portee=ecrite.portee,
        origine=ecrite.origine,
        citation=ecrite.citation,
        echeance_source=ecrite.echeance_source,
    )


def _build_derivation(ecrite: modeles.DerivationEcrite) -> coeur.Derivation:
    autre = next(
        (
            f"{nom}={valeur}"
            for nom in ("calendrier", "constante", "source", "produit")
            if (valeur := getattr(ecrite, nom)) is not None
        ),
        None,
    )
    return coeur.Derivation(
        role=ecrite.role,
        de=ecrite.de,
        filtre=tuple(sorted((cle, _list_valeurs(valeur)) for cle, valeur in ecrite.filtre.items())),
        portee_spatiale=ecrite.portee_spatiale,
        compte=ecrite.compte,
        champ=ecrite.champ,
        autre=autre,
    )


def _list_valeurs(valeur: object) -> tuple[str, ...]:
    """Filter values as words: true is « oui », a number its digits."""
    if isinstance(valeur, bool):
        return ("oui" if valeur else "non",)
    return tuple(str(v) for v in valeur) if isinstance(valeur, list) else (str(valeur),)
