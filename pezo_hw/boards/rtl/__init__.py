"""The hardware of the self-test, and the boards as platforms of Amaranth."""
