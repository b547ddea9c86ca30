"""The web site: function views, templates."""
