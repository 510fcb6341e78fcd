"""The generator behind a ready/valid handshake."""

from .system import StreamSystem

__all__ = ["StreamSystem"]
