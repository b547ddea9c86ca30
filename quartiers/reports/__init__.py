"""Floor 1: one file per output format. A report shows a tableau, it computes nothing."""
