"""How records become figures: each derivation of a programme made ready to read them, or refused."""
