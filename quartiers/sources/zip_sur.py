"""A zip opened without trust: its directory is read first, then every part is inflated under a bound.

The sizes written in a zip are only what its author says. Each part is inflated here by `zlib` itself, counted,
and compared with what was announced, before any other library sees the file.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources.genre_classeur import PROTEGE, check_noms, check_parties
from quartiers.sources.octets import CLASSEUR, LIMITES, Limites, refusal

_PARTIES_MAX = 2_000
_ENTETE_LOCAL = struct.Struct("<4s5H3I2H")
_MORCEAU = 1 << 20
_CHIFFRE = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip as it was received; `quoi`: what its refusals call it."""

    octets: bytes
    fichier: str
    limites: Limites = LIMITES
    quoi: str = CLASSEUR

    def refuse(self, suite: str) -> DonneesRefusees:
        """The refusal of the whole of it, ready to be raised."""
        return refusal(self.fichier, f"{self.quoi} {suite}")


def read_zip(octets: bytes, fichier: str, limites: Limites = LIMITES) -> dict[str, bytes]:
    """Every part of a workbook by name, checked; refused when it is a bomb, encrypted, damaged, lying or no workbook."""
    contenus = read_parties(Archive(octets, fichier, limites), check_noms)
    check_parties(contenus, fichier)
    check_xml(contenus, fichier)
    return contenus


def read_parties(
    recu: Archive, check_annuaire: Callable[[list[str], str], None]
) -> dict[str, bytes]:
    """Every part of a zip by name, inflated under a bound. `check_annuaire`: judges its names, before anything is."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(recu.octets))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as erreur:
        raise recu.refuse("abîmé ou tronqué (archive zip illisible)") from erreur
    with archive:
        parties = archive.infolist()
    _check_directory(parties, recu)
    check_annuaire([partie.filename for partie in parties], recu.fichier)
    contenus: dict[str, bytes] = {}
    total = 0
    for partie in parties:
        contenus[partie.filename] = _inflate_part(recu, partie, total)
        total += len(contenus[partie.filename])
    return contenus


def _check_directory(parties: list[zipfile.ZipInfo], recu: Archive) -> None:
    if len(parties) > _PARTIES_MAX:
        raise recu.refuse(f"de plus de {_PARTIES_MAX} parties")
    if len({partie.filename for partie in parties}) != len(parties):
        raise recu.refuse("dont deux parties portent le même nom")
    if any(partie.flag_bits & _CHIFFRE for partie in parties):
        raise recu.refuse(PROTEGE)
    annonce = sum(partie.file_size for partie in parties)
    exces = recu.limites.get_exces(annonce, len(recu.octets))
    if exces:
        raise recu.refuse(f"refusé : {exces}")


def _inflate_part(recu: Archive, partie: zipfile.ZipInfo, total: int) -> bytes:
    compresse = _slice_part(recu, partie)
    if partie.compress_type == zipfile.ZIP_STORED:
        contenu = compresse
    elif partie.compress_type == zipfile.ZIP_DEFLATED:
        contenu = _inflate_raw(recu, compresse, total)
    else:
        raise recu.refuse("compressé d’une façon qui n’est pas lue")
    if len(contenu) != partie.file_size or zlib.crc32(contenu) != partie.CRC:
        raise recu.refuse(f"abîmé : « {partie.filename} » n’est pas ce qui est annoncé")
    return contenu


def _slice_part(recu: Archive, partie: zipfile.ZipInfo) -> bytes:
    try:
        champs = _ENTETE_LOCAL.unpack_from(recu.octets, partie.header_offset)
    except struct.error as erreur:
        raise recu.refuse("tronqué") from erreur
    debut = partie.header_offset + _ENTETE_LOCAL.size + champs[-2] + champs[-1]
    compresse = recu.octets[debut : debut + partie.compress_size]
    if champs[0] != b"PK\x03\x04" or len(compresse) != partie.compress_size:
        raise recu.refuse("tronqué")
    return compresse


def _inflate_raw(recu: Archive, compresse: bytes, total: int) -> bytes:
    machine = zlib.decompressobj(wbits=-15)
    morceaux: list[bytes] = []
    taille = 0
    reste = compresse
    while not machine.eof:
        try:
            morceau = machine.decompress(reste, _MORCEAU)
        except zlib.error as erreur:
            raise recu.refuse("abîmé") from erreur
        reste = machine.unconsumed_tail
        taille += len(morceau)
        exces = recu.limites.get_exces(taille, len(compresse)) or recu.limites.get_exces(
            total + taille, max(total + taille, 1)
        )
        if exces:
            raise recu.refuse(f"refusé : {exces}")
        if not morceau and not reste and not machine.eof:
            raise recu.refuse("tronqué")
        morceaux.append(morceau)
    if machine.unused_data or machine.unconsumed_tail:
        raise recu.refuse("abîmé : octets en trop dans une partie")
    return b"".join(morceaux)


def check_xml(contenus: Mapping[str, bytes], fichier: str, quoi: str = CLASSEUR) -> None:
    """No document type, no entity, no UTF-16 in which one could hide, marked or not: office documents need none."""
    for nom, contenu in contenus.items():
        if not nom.lower().endswith((".xml", ".rels")):
            continue
        if contenu[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in contenu:
            raise refusal(fichier, f"{quoi} refusé : « {nom} » n’est pas en UTF-8")
        if b"<!DOCTYPE" in contenu or b"<!ENTITY" in contenu:
            raise refusal(fichier, f"{quoi} refusé : « {nom} » déclare des entités XML")
