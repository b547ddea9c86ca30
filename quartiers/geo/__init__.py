"""Floor 1: geometry in, distances and overlaps out, each measured in the territoire's own projection."""
