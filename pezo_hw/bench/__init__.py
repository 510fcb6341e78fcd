"""What a testbench is, whatever it tests and whatever simulates it."""
