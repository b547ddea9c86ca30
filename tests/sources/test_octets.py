"""Bytes that lie, overflow or stop short."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartiers.core.anomalie import DonneesRefusees
from quartiers.sources.octets import (
    GenreOctets,
    Limites,
    get_empreinte,
    get_genre,
    inflate,
    read_octets,
)

PETITES = Limites(fichier=1_000, deploye=1_000_000, ratio=20, ratio_des=10_000)


@given(st.binary(min_size=1, max_size=5_000))
def test_what_was_compressed_comes_back(octets: bytes) -> None:
    if get_genre(octets) is not GenreOctets.GZIP:
        assert inflate(gzip.compress(octets), "f") == octets


@given(st.binary(min_size=1, max_size=2_000), st.data())
def test_a_gzip_cut_anywhere_is_refused(octets: bytes, data: st.DataObject) -> None:
    entier = gzip.compress(octets)
    coupe = entier[: data.draw(st.integers(2, len(entier) - 1))]
    with pytest.raises(DonneesRefusees):
        inflate(coupe, "f.gz")


def test_two_members_are_one_content() -> None:
    assert inflate(gzip.compress(b"a;b\n") + gzip.compress(b"1;2\n"), "f") == b"a;b\n1;2\n"


def test_bytes_after_the_gzip_are_refused() -> None:
    with pytest.raises(DonneesRefusees, match="octets étrangers"):
        inflate(gzip.compress(b"a") + b"suite" + bytes(4), "f")


def test_a_flipped_bit_is_refused() -> None:
    octets = bytearray(gzip.compress(b"code;nom\n" * 50))
    octets[len(octets) // 2] ^= 0x10
    with pytest.raises(DonneesRefusees):
        inflate(bytes(octets), "f")


def test_a_bomb_is_refused_from_what_it_announces() -> None:
    with pytest.raises(DonneesRefusees, match="gzip refusé"):
        inflate(gzip.compress(b"0" * 2_000_000), "f", PETITES)


@pytest.mark.parametrize(
    ("limites", "raison"),
    [
        (Limites(deploye=2_000_000, ratio=10_000), "contenu décompressé"),
        (Limites(ratio=20, ratio_des=1_000_000), "taux de compression"),
    ],
)
def test_a_bomb_whose_announcement_lies_is_refused_while_inflating(
    limites: Limites, raison: str
) -> None:
    machine = zlib.compressobj(wbits=31)
    bombe = machine.compress(b"0" * 5_000_000) + machine.flush()
    mensonge = bombe[:-4] + (12).to_bytes(4, "little")
    with pytest.raises(DonneesRefusees, match=raison):
        inflate(mensonge, "f", limites)


def test_a_gzip_in_a_gzip_is_refused() -> None:
    with pytest.raises(DonneesRefusees, match="gzip dans un gzip"):
        inflate(gzip.compress(gzip.compress(b"a")), "f")


@pytest.mark.parametrize(
    ("octets", "genre"),
    [
        (b"", GenreOctets.VIDE),
        (b" \n", GenreOctets.VIDE),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", GenreOctets.HTML),
        (b"\n <HTML>", GenreOctets.HTML),
        (b'<?xml version="1.0"?><html>', GenreOctets.HTML),
        (b'<?xml version="1.0"?><a/>', GenreOctets.XML),
        ("﻿<html>".encode("utf-16-le"), GenreOctets.HTML),
        (b"PK\x03\x04....", GenreOctets.ZIP),
        (b"\xd0\xcf\x11\xe0..", GenreOctets.OLE),
        (b"%PDF-1.7", GenreOctets.PDF),
        (b'{"a":1}', GenreOctets.JSON),
        (b"code;nom\n", GenreOctets.TEXTE),
    ],
)
def test_what_bytes_are(octets: bytes, genre: GenreOctets) -> None:
    assert get_genre(octets) is genre


def test_a_file_too_big_absent_or_a_folder_is_refused(tmp_path: Path) -> None:
    gros = tmp_path / "gros.csv"
    gros.write_bytes(b"x" * 1_001)
    with pytest.raises(DonneesRefusees, match=r"gros\.csv : fichier de plus"):
        read_octets(gros, PETITES)
    with pytest.raises(DonneesRefusees, match=r"absent\.csv : fichier illisible"):
        read_octets(tmp_path / "absent.csv")
    with pytest.raises(DonneesRefusees, match="un dossier"):
        read_octets(tmp_path)
    assert read_octets(gros) == b"x" * 1_001
    assert get_empreinte(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_device_has_no_end_and_is_refused() -> None:
    with pytest.raises(DonneesRefusees, match="ni un fichier ni un dossier"):
        read_octets(Path("/dev/zero"), PETITES)
