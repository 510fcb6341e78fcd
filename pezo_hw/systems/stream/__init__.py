"""The generator behind a ready/valid handshake."""
