"""FuseSoC makes a core of a configuration while it builds a design."""
