"""One file, one page: each holds one function view."""
