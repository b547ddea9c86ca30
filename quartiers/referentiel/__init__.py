"""Floor 1: a programme as TOML files, checked and turned into the values of the core."""
