"""What starts other programs and what writes files; it knows nothing of generators."""
