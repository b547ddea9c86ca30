"""Documents to print: a quartier, a département, the proof of one figure, as tagged PDF made to last."""
