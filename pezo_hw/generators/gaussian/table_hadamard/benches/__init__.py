"""Its modules, each alone against the golden model."""
