"""Floor 3: what people do, one verb each."""
