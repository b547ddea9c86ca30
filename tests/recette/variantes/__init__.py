"""Files as people damage them: one table, seven kinds of damage, and what each must still say.

One module per kind, each with `GENRE` and `list_variantes()`. They know the contract of the files and nothing
of the readers: the expected lines are taken from the table before it was damaged.
"""
