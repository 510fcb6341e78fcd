"""The page and the plot; the page in a real browser where there is one with a driver."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path

import pytest

from pezo_hw.explore import Journal, Request, ResultTable, candidates_of, measure_all, parse_space
from tests.explore.spaces import SMALL
from tests.explore.test_run import Here

pytest.importorskip("plotly")


@pytest.fixture(scope="module")
def table(tmp_path_factory) -> ResultTable:
    space = parse_space(SMALL, name="small </script><b>")
    found = candidates_of(space).found
    with Journal.open(tmp_path_factory.mktemp("run") / "journal") as journal:
        figures = measure_all(found, Request(length=20), Here(), workers=1, journal=journal)
    # An orbit may be longer than any number of JavaScript's.
    return ResultTable(
        space=space, candidates=found, figures=[{**figures[0], "starts": 3**99}, *figures[1:]]
    )


@pytest.fixture(scope="module")
def page_file(table: ResultTable, tmp_path_factory) -> Path:
    from pezo_hw.explore.page import write_page

    path = tmp_path_factory.mktemp("page") / "explore.html"
    write_page(table, path)
    return path


def test_the_page_has_all_in_itself(table: ResultTable, page_file: Path):
    text = page_file.read_text("utf-8")
    assert "@{" not in text.partition("plotly.js v")[0]
    assert not re.search(r"<(script|link|img)[^>]*(src|href)=", text)
    assert "<b>" not in text.partition("<style>")[0]
    data = re.search(r'<script id="data"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert data
    content = json.loads(data[1])
    assert [row["toml"] for row in content["rows"]] == [c.toml for c in table.candidates]
    assert content["rows"][0]["starts"] == float(3**99)


@pytest.mark.slow
def test_the_same_results_are_the_same_files(table: ResultTable, tmp_path: Path):
    pytest.importorskip("matplotlib")
    from pezo_hw.explore.plot import write_plots

    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        assert write_plots(table, folder, "pareto") == ["pareto.svg", "pareto.png"]
    for name in ("pareto.svg", "pareto.png"):
        first, second = ((folder / name).read_bytes() for folder in folders)
        assert first == second
        assert len(first) > 5000


@pytest.fixture
def browser(page_file: Path):
    webdriver = pytest.importorskip("selenium.webdriver")
    programs = shutil.which("chromium"), shutil.which("chromedriver")
    if None in programs:
        pytest.skip("chromium or chromedriver is not on PATH")
    options = webdriver.ChromeOptions()
    options.binary_location = programs[0]
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "window-size=1500,1000"):
        options.add_argument(f"--{argument}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(programs[1])
    with webdriver.Chrome(options=options, service=service) as driver:
        driver.set_script_timeout(20)
        permissions = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        driver.execute_cdp_cmd("Browser.grantPermissions", permissions)
        driver.get(page_file.as_uri())
        yield driver


COUNT = "return document.getElementById('count').textContent"
SHOWN = "return document.getElementById('chart').data[0].x"
# Where on the screen a point of the first trace is.
PLACE = """
const chart = document.getElementById("chart"), {xaxis, yaxis} = chart._fullLayout;
const box = chart.querySelector(".nsewdrag").getBoundingClientRect(), trace = chart.data[0];
return [box.x + xaxis.d2p(trace.x[0]), box.y + yaxis.d2p(trace.y[0]), trace.customdata[0]];
"""
HOVERED = "return [...document.querySelectorAll('.hoverlayer text')].map(t => t.textContent).join()"


def until(condition, seconds: float = 15.0):
    end = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


@pytest.mark.slow
def test_the_page_in_a_browser(browser, table: ResultTable):
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import Select

    run, find = browser.execute_script, browser.find_element
    assert until(lambda: run(COUNT) == "10 of 10 points")
    # Axes.
    Select(find(By.ID, "x")).select_by_value("ff")
    assert run(SHOWN) == [row["ff"] for row in table.rows]
    # Filters: by a key, by a figure, the front alone.
    find(By.CSS_SELECTOR, '[data-key="on-the-fly.width"] input[data-value="7"]').click()
    assert run(COUNT) == "4 of 10 points"
    least = find(By.CSS_SELECTOR, '[data-figure="ff"] input')
    least.send_keys("60")
    wanted = [r for r in table.rows if r["on-the-fly.width"] != 7 and r["ff"] >= 60]
    assert 0 < len(wanted) < 4
    assert run(COUNT) == f"{len(wanted)} of 10 points"
    find(By.ID, "reset").click()
    find(By.ID, "only-front").click()
    assert run(COUNT) == f"{sum(table.front)} of 10 points"
    find(By.ID, "reset").click()
    assert run(COUNT) == "10 of 10 points"
    # Hover, click, copy.
    x, y, index = run(PLACE)
    chain = ActionChains(browser)
    chain.w3c_actions.pointer_action.move_to_location(round(x), round(y))
    chain.perform()
    assert until(lambda: table.rows[index]["name"] in run(HOVERED)), run(HOVERED)
    chain = ActionChains(browser)
    chain.w3c_actions.pointer_action.click()
    chain.perform()
    toml = find(By.ID, "toml")
    assert until(lambda: toml.is_displayed() and toml.text)
    index = int(find(By.ID, "name").text.partition(",")[0].rpartition("-")[2])
    find(By.ID, "copy").click()
    assert until(lambda: find(By.ID, "copied").text == "copied")
    read = "navigator.clipboard.readText().then(arguments[0], e => arguments[0](String(e)))"
    assert browser.execute_async_script(read) == table.candidates[index].toml
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
