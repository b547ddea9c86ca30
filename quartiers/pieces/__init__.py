"""Files sent as proof: bytes in, a piece that may be kept or a refusal that says what to do."""
