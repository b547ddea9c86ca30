"""The same rules as the rest of the core, on columns of numbers: a nation at once instead of a cell.

The plain computation (evaluation.py, vue.py, remontee.py) says what is true; tests hold the columns to it.
"""
