"""TOML files → Referentiel, or every reason why not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from quartiers.core import referentiel as coeur
from quartiers.core.derivation.regle import RegleRefusee, build_regles
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.referentiel import modeles
from quartiers.referentiel.defaut import Defaut, ReferentielInvalide
from quartiers.referentiel.fichiers import Fichier, compute_version, read_dossier
from quartiers.referentiel.verification import check_fichier, check_programme

DOSSIER_PAR_DEFAUT = Path(__file__).resolve().parent.parent.parent / "data" / "referentiel"
VARIABLE = "QUARTIERS_REFERENTIEL"


def get_dossier() -> Path:
    """The folder in use: QUARTIERS_REFERENTIEL, else the programme that comes with the product.

    Installed without its `data` folder, the product needs the variable.
    """
    return Path(os.environ.get(VARIABLE) or DOSSIER_PAR_DEFAUT)


def load_programme(dossier: Path) -> coeur.Referentiel:
    """The programme of a folder. Raises ReferentielInvalide with every defect found."""
    programme, fichiers = read_programme(dossier)
    return _build(programme, fichiers, compute_version(dossier))


def read_programme(dossier: Path) -> tuple[modeles.ProgrammeEcrit, list[Fichier]]:
    """The files as written, checked: the shape of each, what each says, then how they fit together.

    A file of the wrong shape stops only what cannot be judged without it (references between files).
    """
    lu = read_dossier(dossier)
    defauts = list(lu.defauts)
    for fichier in lu.lisibles:
        defauts += check_fichier(fichier)
    if lu.programme is not None and len(lu.fichiers) == lu.nombre:
        defauts += check_programme(lu.programme, lu.fichiers)
        defauts += _check_derivations(lu.programme, lu.fichiers)
    if defauts or lu.programme is None:
        raise ReferentielInvalide(sorted(defauts, key=lambda d: d.fichier))
    return lu.programme, lu.fichiers


def _check_derivations(
    programme: modeles.ProgrammeEcrit, fichiers: list[Fichier]
) -> Iterator[Defaut]:
    """What nobody computes: the very reading of the derivations says so."""
    noms = {
        indicateur.code: fichier.nom
        for fichier in fichiers
        for indicateur in fichier.engagement.list_indicateurs()
    }
    try:
        build_regles(_build(programme, fichiers, version=""))
    except RegleRefusee as refus:
        for refusee in refus.refusees:
            yield Defaut(noms[refusee.indicateur], refusee.indicateur, refusee.raison)


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
        mots={
            **programme.mots,
            "dispositif": {d.code: d.libelle for d in programme.dispositifs},
            "action": {a.code: a.libelle for f in fichiers for a in f.engagement.actions},
            "genre_pointe": {g.GENRE: g.LIBELLE for g in GENRES_DE_FICHIER.values()},
        },
        enregistrements={
            de: {cle: tuple(mots) for cle, mots in listes.items()}
            for de, listes in programme.enregistrements.items()
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
    return coeur.Derivation(
        role=ecrite.role,
        de=ecrite.de,
        filtre=tuple(sorted((cle, _build_valeur(valeur)) for cle, valeur in ecrite.filtre.items())),
        portee_spatiale=ecrite.portee_spatiale,
        compte=ecrite.compte,
        champ=ecrite.champ,
        calendrier=ecrite.calendrier,
        constante=ecrite.constante,
        source=ecrite.source,
        produit=tuple(_build_derivation(facteur) for facteur in ecrite.produit or ()),
    )


def _build_valeur(valeur: modeles.Filtre) -> coeur.ValeurDeFiltre:
    return tuple(valeur) if isinstance(valeur, list) else valeur
