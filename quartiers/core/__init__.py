"""Floor 0: the computation. Pure functions on frozen values; no clock, no file, no database."""
