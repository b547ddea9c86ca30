"""What a fact is proved by: a file that was admitted, or the word of somebody who saw the thing on the spot."""

from __future__ import annotations

from dataclasses import dataclass, field

from quartiers.sources.octets import get_empreinte


class PieceRefusee(Exception):  # noqa: N818 -- named in French like every noun of the product
    """This piece is not kept. The message is shown as it is: what is wrong, then what to do."""


@dataclass(frozen=True, slots=True)
class PieceAdmise:
    """A file as it will be kept. `type`: its media type; `ote`: what the file received had, and that is gone."""

    nom: str
    type: str
    octets: bytes = field(repr=False)
    ote: tuple[str, ...] = ()

    @property
    def is_photo(self) -> bool:
        """A picture, that a browser may show; any other file is a document to save."""
        return self.type.startswith("image/")

    @property
    def empreinte(self) -> str:
        """SHA-256 of what is kept, in hexadecimal."""
        return get_empreinte(self.octets)


@dataclass(frozen=True, slots=True)
class VuSurPlace:
    """« Je l’ai constaté sur place »: the word of who declares, without a file."""
