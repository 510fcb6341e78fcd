"""How good a stream's perturbations are, as figures beside those of independent numbers."""

from .figures import Figures
from .model_shapes import model_shapes
from .quality import Quality, quality_of

__all__ = ["Figures", "Quality", "model_shapes", "quality_of"]
