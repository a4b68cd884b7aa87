"""What answers addresses: the only room that knows URLs, requests and callbacks."""
