"""A configuration on one page, and timing diagrams."""
