"""The benches that several kinds share."""
