"""The generator alone, behind a clock enable."""
