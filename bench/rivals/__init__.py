"""The same content as others would serve it, for comparison; no part of the site."""
