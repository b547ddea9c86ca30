"""One file, one command.

Each module gives `NOM: str`, `AIDE: str`, `configure(parser)` and `run(args) -> int`. Keep heavy
imports (Django, shapely, typst) inside `run`: every module here is imported by every command.
"""
