"""What stands above the title of a territoire: where it is, what it holds."""

from __future__ import annotations

from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.departement import write_communes
from quartiers.reports.typographie import count

NOMS_DE_GENRE = {
    Genre.NATION: "France",
    Genre.REGION: "Région",
    Genre.DEPARTEMENT: "Département",
    Genre.COLLECTIVITE: "Collectivité",
    Genre.EPCI: "Intercommunalité",
    Genre.COMMUNE: "Commune",
    Genre.QPV: "Quartier prioritaire (QPV)",
    Genre.QRR: "Quartier de reconquête républicaine (QRR)",
    Genre.QUARTIER: "Quartier cible",
}


def write_surtitre(territoire: Territoire, vue: Vue) -> str:
    """« Saint-Aubert · Quartier cible · QPV QN00001M, QRR-00_1 »; « Département · 12 quartiers attendus »."""
    if territoire.genre in {Genre.QUARTIER, Genre.QRR, Genre.QPV}:
        tenus = [
            f"{vue.territoires[code].genre.value.upper()} {code.removeprefix('QRR-')}"
            for code in get_rattaches(territoire.code, vue)
            if code in vue.territoires
        ]
        morceaux = [write_communes(territoire, vue.territoires), NOMS_DE_GENRE[territoire.genre]]
        if tenus:
            morceaux.append(", ".join(tenus))
        elif territoire.genre is not Genre.QUARTIER:
            morceaux.append(territoire.code)
        return " · ".join(m for m in morceaux if m)
    attendus = len(vue.list_attendus_de(territoire.code))
    suite = count(attendus, "quartier attendu", "quartiers attendus")
    if territoire.genre is Genre.NATION:
        return suite
    return f"{NOMS_DE_GENRE[territoire.genre]} · {suite}"


def get_rattaches(code: str, vue: Vue) -> tuple[str, ...]:
    """QPV and QRR that a quartier cible holds, in its last version known."""
    versions = [q for q in vue.dossier.quartiers if q.code == code and q.connu_le <= vue.connu_le]
    if not versions:
        return ()
    return max(versions, key=lambda q: (q.connu_le, q.ordre)).rattaches
