"""What an image file holds besides its pixels, read from its bytes without the library that wrote them."""

from __future__ import annotations

import struct

PNG_NUS = frozenset({"IHDR", "PLTE", "tRNS", "IDAT", "IEND"})
# Quantization, start of frame, Huffman, scan, restart interval; APP0 is the header of JFIF.
JPEG_NUS = frozenset({0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xE0})
JFIF = 14
"""Bytes of a header of JFIF without a thumbnail."""


def list_metadonnees(octets: bytes) -> list[str]:
    """The names of the segments or chunks that say something else than pixels, and of what follows the end."""
    if octets.startswith(b"\x89PNG"):
        return _list_png(octets)
    if octets.startswith(b"\xff\xd8"):
        return _list_jpeg(octets)
    return ["ni JPEG ni PNG"]


def _list_png(octets: bytes) -> list[str]:
    trouves, place, nom = [], 8, ""
    while place < len(octets) and nom != "IEND":
        (longueur,) = struct.unpack_from(">I", octets, place)
        nom = octets[place + 4 : place + 8].decode("latin-1")
        place += 12 + longueur
        if nom not in PNG_NUS:
            trouves.append(nom)
    return [*trouves, *(["après la fin"] if place != len(octets) else [])]


def _list_jpeg(octets: bytes) -> list[str]:
    trouves, place = [], 2
    while octets[place + 1] != 0xDA:
        marque = octets[place + 1]
        (longueur,) = struct.unpack_from(">H", octets, place + 2)
        if marque not in JPEG_NUS or (marque == 0xE0 and longueur != JFIF + 2):
            trouves.append(f"APP{marque - 0xE0}" if 0xE0 <= marque <= 0xEF else f"{marque:X}")
        place += 2 + longueur
    return [
        *trouves,
        *(["après la fin"] if octets.find(b"\xff\xd9", place) != len(octets) - 2 else []),
    ]
