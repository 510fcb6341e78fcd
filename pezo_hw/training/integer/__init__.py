"""Training in integers alone: int8 weights with block exponents, zeroth-order and BP steps."""
