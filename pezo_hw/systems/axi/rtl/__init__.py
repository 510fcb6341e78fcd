"""The hardware of the AXI system."""
