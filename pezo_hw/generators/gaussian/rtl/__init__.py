"""The hardware that several kinds share."""
