"""What the site has beyond the pages of docs/: the reference, and the texts of the checkout's root.

MkDocs calls the functions by their names (`hooks` in mkdocs.yml). Links are written for whoever
reads the files themselves: a link to a Python module leads to its reference here, a link to another
file of the checkout, which the site does not have, becomes its name.
"""

from __future__ import annotations

import logging
import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
_LOG = logging.getLogger("mkdocs.hooks.site_pages")
ROOT_PACKAGE = "pezo_hw"
FROM_ROOT = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
}
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s#]+)(#[^)\s]*)?\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Fills the reference into the navigation, a page a package."""
    pages = [{_name(package): f"reference/{package}.md"} for package in packages()]
    config.nav = [*(config.nav or []), {"Reference": pages}]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are no files of docs/."""
    for source, page in FROM_ROOT.items():
        text = (ROOT / source).read_text("utf-8")
        files.append(File.generated(config, page, content=text))
    for package, modules in packages().items():
        page = f"reference/{package}.md"
        files.append(File.generated(config, page, content=_reference(package, modules)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Has the links of a page lead to places of the site."""
    origin = {target: source for source, target in FROM_ROOT.items()}
    where = page.file.src_uri
    folder = "" if where in origin else posixpath.join("docs", posixpath.dirname(where))

    def link(match: re.Match[str]) -> str:
        text, target, anchor = match.group(1), match.group(2), match.group(3) or ""
        if ":" in target:
            return match.group(0)
        place = posixpath.normpath(posixpath.join(folder, target))
        there = _place_in_site(place, anchor)
        if there is None:
            if not (ROOT / place).exists():
                _LOG.warning("%s: %s is no file of the checkout", where, target)
            return text
        return f"[{text}]({posixpath.relpath(there, posixpath.dirname(where) or '.')})"

    return _LINK.sub(link, markdown)


def packages() -> dict[str, list[str]]:
    """The modules of each package below pezo_hw, dotted, in alphabetical order."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / ROOT_PACKAGE).rglob("*.py")):
        parts = list(path.relative_to(ROOT).with_suffix("").parts)
        if path.name == "__main__.py":
            continue
        if path.name == "__init__.py":
            parts.pop()
        package = parts[1] if (ROOT / "/".join(parts[:2])).is_dir() and parts[1:] else parts[0]
        found.setdefault(package, []).append(".".join(parts))
    return found


def _name(package: str) -> str:
    return package if package == ROOT_PACKAGE else f"{ROOT_PACKAGE}.{package}"


def _reference(package: str, modules: list[str]) -> str:
    return f"# {_name(package)}\n\n" + "".join(map(_entry, modules))


def _entry(module: str) -> str:
    """A module with all that is in it; of a folder the docstring, as it only hands names on."""
    is_folder = (ROOT / module.replace(".", "/")).is_dir()
    return f"::: {module}\n" + "    options: {members: false}\n" * is_folder + "\n"


def _place_in_site(place: str, anchor: str) -> str | None:
    """Where a file of the checkout is in the site, if it is there."""
    if place in FROM_ROOT:
        return FROM_ROOT[place] + anchor
    if place.startswith("pezo_hw/") and place.endswith(".py"):
        module = place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for package, modules in packages().items():
            if module in modules:
                return f"reference/{package}.md#{module}"
    if place.startswith("docs/") and not place.startswith("docs/tools/"):
        return place.removeprefix("docs/") + anchor
    return None
