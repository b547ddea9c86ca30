"""No log ever holds a link that still opens an account: what is written of an address stops before it."""

from __future__ import annotations

import logging
import re

LIEN = re.compile(r"(/invitations/)[^/\s?]+")


class FiltreDesLiens(logging.Filter):
    """On every handler: Django writes the address of a request that it refuses, or that fails."""

    def filter(self, record: logging.LogRecord) -> bool:
        """The record, its links cut."""
        message = record.getMessage()
        tu = LIEN.sub(r"\1…", message)
        if tu != message:
            record.msg, record.args = tu, ()
        return True
