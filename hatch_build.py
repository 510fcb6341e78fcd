"""What is said of the package where it is published, without the checkout around it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

# The project has no address of its own: a link into the checkout would lead nowhere, and a picture
# would be missing.
_PICTURE = re.compile(r"^!\[[^\]]*\]\((?!https?:)[^)]*\)\n\n?", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\((?!https?:)[^)]*\)")


class DescriptionHook(MetadataHookInterface):
    """Makes the long description of the README: links into the checkout become plain words."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Sets ``readme``."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        text = _LINK.sub(r"\1", _PICTURE.sub("", text))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
