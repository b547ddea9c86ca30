"""From a tableau to what a page shows: frozen values, pure functions, no template and no request."""
