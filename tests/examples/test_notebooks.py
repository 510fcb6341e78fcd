"""Every notebook runs from its first cell to its last, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

FOLDER = Path(__file__).parents[2] / "examples/notebooks"
NAMES = [path.name for path in sorted(FOLDER.glob("*.ipynb"))]
_SECONDS = 300  # a cell

pytestmark = [
    # Of the client itself, which waits in one event loop for another's messages.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.slow,
]


def results(notebook, folder: Path) -> list[tuple[str, str]]:
    """Runs it, and gives the kind and the text of every output; raises where a cell does."""
    nbclient.NotebookClient(
        notebook, timeout=_SECONDS, resources={"metadata": {"path": str(folder)}}
    ).execute()
    return [
        (output["output_type"], str(output.get("text", output.get("data", {}))))
        for cell in notebook.cells
        for output in cell.get("outputs", ())
    ]


@pytest.mark.parametrize("name", NAMES)
def test_it_runs(name: str, tmp_path: Path):
    if "pytorch" in name:
        pytest.importorskip("torch")
    found = results(nbformat.read(FOLDER / name, as_version=4), tmp_path)
    # What a command says that fails is no error of a cell.
    said = [text for kind, text in found if kind == "stream"]
    assert not [text for text in said if "Error" in text or "No such" in text]
    assert any(kind == "execute_result" for kind, _ in found)


def test_a_cell_that_fails_is_seen(tmp_path: Path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="ZeroDivisionError"):
        results(notebook, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_kept_without_outputs(name: str):
    cells = nbformat.read(FOLDER / name, as_version=4).cells
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in cells)


def test_there_are_four():
    assert len(NAMES) == 4
