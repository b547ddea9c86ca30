"""A password typed twice, as the pages that ask for a new one read it."""

from __future__ import annotations

from django.http import HttpRequest

from quartiers.usecases.creer_compte import CompteRefuse

DIFFERENTS = "les deux mots de passe diffèrent"


def read_nouveau(request: HttpRequest) -> str:
    """The new password of a form. Raises CompteRefuse when the two are not the same."""
    nouveau: str = request.POST.get("nouveau", "")
    if nouveau != request.POST.get("encore", ""):
        raise CompteRefuse(DIFFERENTS)
    return nouveau
