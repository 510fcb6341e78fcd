"""The same behind AXI4-Lite registers and AXI4-Stream frames."""
