"""The hardware of the handshake."""
