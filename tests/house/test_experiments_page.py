"""The page of the experiments: its tables are those of the records beside it."""

import runpy
from pathlib import Path

from pezo_hw.training.language.records import Records

ROOT = Path(__file__).parents[2]
TOOL = runpy.run_path(str(ROOT / "docs/tools/experiments_page.py"))


def test_no_table_is_stale_and_every_run_is_in_one():
    page = (ROOT / TOOL["PAGE"]).read_text("utf-8")
    records = Records(ROOT / TOOL["RECORDS"])
    for name, lines in TOOL["parts"](records):
        table = page.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]
        assert table.splitlines() == lines, name
    asked = {
        parameters.key(source, seed, rate)
        for task, study in TOOL["pictures"]()
        for parameters in [TOOL["parameters_of"](task, study)]
        for source in parameters.names
        for seed in range(parameters.seeds)
        for rate in parameters.rates_for(source)
    }
    assert asked == set(records.keys)
    for task, study in TOOL["pictures"]():
        assert f"](images/minilm-{task}-{study}.svg)" in page
