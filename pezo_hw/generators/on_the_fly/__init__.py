"""LFSRs, circularly shifted, with a table of scale factors."""
