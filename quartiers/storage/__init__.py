"""The one Django app with tables."""
