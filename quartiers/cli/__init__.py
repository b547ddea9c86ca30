"""The command line: one file per command in `commandes/`, found by walking the folder."""
