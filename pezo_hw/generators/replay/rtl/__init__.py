"""The hardware of a load, whatever is loaded."""
