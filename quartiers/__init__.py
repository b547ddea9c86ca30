"""Quartiers en actes: the dashboard, neighbourhood by neighbourhood, of « La République en actes »."""

__version__ = "0.1.0"
