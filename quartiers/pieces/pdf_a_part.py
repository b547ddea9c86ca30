"""Opens one PDF, read on stdin, in a process of its own: what it could eat or break is this process.

Started by its path, so that it loads nothing of the product. Writes one word, that of a refusal or BIEN.
"""

from __future__ import annotations

import io
import sys

BIEN, ABIME, CHIFFRE, ACTIF, JOINT = "bien", "abime", "chiffre", "actif", "joint"
MEMOIRE_MAX = 1 << 30
DEPLOYE_MAX = 1 << 26
SECONDES_MAX = 10
PROFONDEUR_MAX = 60
_CLES_ACTIVES = frozenset({"/JS", "/JavaScript", "/XFA"})
_CLES_JOINTES = frozenset({"/EmbeddedFiles", "/EF"})
_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMedia"}
)
_TYPES_JOINTS = frozenset({"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/3D"})


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


def judge_objet(objet: object, profondeur: int = 0) -> str:
    """What an object, or one written inside it, would do; those it points to are judged in their turn."""
    import pikepdf

    if profondeur > PROFONDEUR_MAX:
        return ABIME
    if isinstance(objet, pikepdf.Array):
        dedans: list[object] = list(objet)
    elif isinstance(objet, pikepdf.Dictionary | pikepdf.Stream):
        cles = set(objet.keys())
        if cles & _CLES_ACTIVES or str(objet.get("/S")) in _ACTIONS:
            return ACTIF
        types = {str(objet.get("/Type")), str(objet.get("/Subtype"))}
        if cles & _CLES_JOINTES or types & _TYPES_JOINTS:
            return JOINT
        dedans = [objet[cle] for cle in cles]
    else:
        return BIEN
    for enfant in dedans:
        if isinstance(enfant, pikepdf.Object) and not enfant.is_indirect:
            mot = judge_objet(enfant, profondeur + 1)
            if mot != BIEN:
                return mot
    return BIEN


if __name__ == "__main__":
    import pikepdf  # noqa: F401 -- loaded before the memory is bounded

    bound_process()
    sys.stdout.write(judge_pdf(sys.stdin.buffer.read()))
