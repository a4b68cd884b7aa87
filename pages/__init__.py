"""Pages and routes: the only package that knows URLs, requests and callbacks."""
