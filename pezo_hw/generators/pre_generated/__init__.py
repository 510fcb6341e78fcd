"""A pool of stored numbers, read round and round."""
