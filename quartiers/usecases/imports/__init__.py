"""One file per kind of import, found by walking the folder.

Each has `GENRE`, `AIDE` and `run(chemin, plume, porte)`; see `quartiers.usecases.importer`.
"""
