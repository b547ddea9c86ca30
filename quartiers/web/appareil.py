"""A browser and its system in words: enough for somebody to recognise his own, and nothing more is kept."""

from __future__ import annotations

# Each browser also names those it descends from: the most particular first.
NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMES = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
INCONNU = "Appareil inconnu"


def say_appareil(agent: str) -> str:
    """« Firefox sur Windows », from what a browser says of itself."""
    navigateur = next((nom for signe, nom in NAVIGATEURS if signe in agent), "")
    systeme = next((nom for signe, nom in SYSTEMES if signe in agent), "")
    if not navigateur:
        return INCONNU
    return f"{navigateur} sur {systeme}" if systeme else navigateur
