"""One file per kind of import, found by walking the folder.

Each has `GENRE`, `AIDE`, `read(chemin, envoi)`, which may be played again, and `write(lu, plume)`, which gives a
`Bilan`; see `quartiers.usecases.importer`.
"""
