"""``python -m pezo_hw``, the same as ``pezo``."""

from .cli import main

main()
