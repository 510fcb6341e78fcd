"""What a user of PyTorch meets: the same steps behind the interface of its optimisers.

Needs PyTorch (``pip install "pezo-hw[train]"``).
"""

from .optimizer import ZOSGD

__all__ = ["ZOSGD"]
