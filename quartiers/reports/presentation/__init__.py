"""From a tableau to what a reader is shown, on a page or on paper: frozen values and pure functions.

The site and the PDF write the same numbers because they call the same functions.
"""
