"""The hardware of the tree."""
