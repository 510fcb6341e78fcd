"""One folder a generator; nobody outside them tells one from another."""
