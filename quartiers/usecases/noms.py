"""The names that proofs give to codes: those of the official sources."""

from __future__ import annotations

from quartiers.sources import france_services, qpv, qrr

SOURCES = {
    source.CODE: f"{source.LIBELLE}, {source.PRODUCTEUR}" for source in (qpv, qrr, france_services)
}


def nommer_source(code: str) -> str:
    """The name of an official source, the free text itself when it is not one."""
    source = SOURCES.get(code)
    return source if source is not None else code
