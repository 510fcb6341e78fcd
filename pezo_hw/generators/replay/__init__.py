"""What a generator and a system that goes back to a start agree on."""
