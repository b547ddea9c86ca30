"""Opens one PDF, read on stdin, in a process of its own: what it could eat or break is this process.

Started by its path, so that it loads nothing of the product. Writes one word, that of a refusal or BIEN.
"""

from __future__ import annotations

import io
import sys
from typing import Any

BIEN, ABIME, CHIFFRE, ACTIF, JOINT = "bien", "abime", "chiffre", "actif", "joint"
MEMOIRE_MAX = 1 << 30
DEPLOYE_MAX = 1 << 26
SECONDES_MAX = 10
PROFONDEUR_MAX = 60
_CLES_ACTIVES = frozenset({"/JS", "/AA", "/XFA"})
"""No script without its text under /JS, wherever it hangs."""
_ACTIONS = frozenset(
    {"/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute", "/GoToR", "/GoToE"}
)
_CLE_JOINTE = "/EF"
"""No file inside without it."""
_TYPES_JOINTS = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/3D"})


def bound_process() -> None:
    """A bomb ends this process, not the machine; Windows only has the delay of the caller."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAX, MEMOIRE_MAX))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDES_MAX, SECONDES_MAX))


def judge_pdf(octets: bytes) -> str:
    """One word of every object that the file reaches."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=DEPLOYE_MAX,
        png_max_memory=DEPLOYE_MAX,
        tiff_max_memory=DEPLOYE_MAX,
        run_length_max_memory=DEPLOYE_MAX,
        max_stream_filters=4,
        parser_max_nesting=PROFONDEUR_MAX,
        doc_max_warnings=100,
    )
    try:
        with pikepdf.open(io.BytesIO(octets), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                return CHIFFRE
            if not len(pdf.pages):
                return ABIME
            for objet in pdf.objects:
                mot = judge_objet(objet)
                if mot != BIEN:
                    return mot
    except pikepdf.PasswordError:
        return CHIFFRE
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        return ABIME
    return BIEN


def judge_objet(objet: object) -> str:
    """What an object, or one written inside it, would do; those it points to are judged in their turn."""
    import pikepdf

    if isinstance(objet, pikepdf.Array):
        dedans: list[object] = list(objet)
    elif isinstance(objet, pikepdf.Dictionary | pikepdf.Stream):
        cles = set(objet.keys())
        if cles & _CLES_ACTIVES or str(objet.get("/S")) in _ACTIONS or opens_adresse(objet):
            return ACTIF
        if _CLE_JOINTE in cles or str(objet.get("/Subtype")) in _TYPES_JOINTS:
            return JOINT
        dedans = [objet[cle] for cle in cles]
    else:
        return BIEN
    for enfant in dedans:
        if isinstance(enfant, pikepdf.Object) and not enfant.is_indirect:
            mot = judge_objet(enfant)
            if mot != BIEN:
                return mot
    return BIEN


def opens_adresse(objet: Any) -> bool:  # noqa: ANN401 -- an object of a library loaded late
    """Whether a catalogue leads to an address as soon as it is opened, where a link waits for a click."""
    import pikepdf

    action = objet.get("/OpenAction")
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) == "/URI"


if __name__ == "__main__":
    import pikepdf  # noqa: F401 -- loaded before the memory is bounded

    bound_process()
    sys.stdout.write(judge_pdf(sys.stdin.buffer.read()))
