"""The plugin of pytest that tells the recorder which test runs, in a copy of the checkout.

What a test leaves in a cache is forgotten before the next one, which would otherwise not carry out
the lines that its numbers come from.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import ModuleType
from typing import Any

import pytest

_OURS = ("pezo_hw", "tests")
_caches: list[Any] = []
_properties: list[tuple[Any, str]] = []


def _note_caches() -> None:
    """From now on, whatever is cached can be forgotten."""
    make, get = functools.lru_cache, functools.cached_property.__get__

    def noted(cached: Any) -> Any:
        if cached.__module__.startswith(_OURS):
            _caches.append(cached)
        return cached

    def lru_cache(maxsize: Any = 128, typed: bool = False) -> Callable[..., Any]:
        made = make(maxsize, typed)
        return noted(made) if callable(maxsize) else lambda function: noted(made(function))

    def property_of(self: Any, instance: Any, owner: Any = None) -> Any:
        value = get(self, instance, owner)
        if instance is not None and type(instance).__module__.startswith(_OURS):
            _properties.append((instance, self.attrname))
        return value

    functools.lru_cache = lru_cache
    functools.cached_property.__get__ = property_of  # type: ignore[method-assign]


_note_caches()

from _pytest.assertion.rewrite import AssertionRewritingHook  # noqa: E402
from pezo_mutants_line_sets import LineSets  # noqa: E402
from pezo_mutants_recorder import (  # noqa: E402
    CHECKOUT,
    CONTEXT,
    EVERYTHING,
    OTHER_KIND,
    PACKAGE,
    SECONDS,
    WHOLE_FILE,
    recorder,
)

import pezo_hw  # noqa: E402, F401  (which starts the recorder)

# The recorder is for other threads and processes; this one has the faster tracer.
_lines = LineSets(PACKAGE)
os.register_at_fork(after_in_child=recorder.trace)


def _set(context: str) -> None:
    CONTEXT.write_text(context)  # for processes that are started from now on
    recorder.set(context)
    _lines.use(context)


def _write_lines(context: str) -> None:
    for file, lines in _lines.take(context).items():
        for line in lines:
            recorder.write(os.path.relpath(file, CHECKOUT), line, context)


def _note_imports(loader: Any) -> None:
    """What a module does when it is imported is there for every test."""
    carry_out = loader.exec_module

    def exec_module(self: Any, module: ModuleType) -> None:
        spec = module.__spec__
        file = str(spec.origin) if isinstance(spec, ModuleSpec) else ""
        if not file.startswith(CHECKOUT) or file == recorder.collected:
            carry_out(self, module)
            return
        with _within(EVERYTHING):
            carry_out(self, module)

    loader.exec_module = exec_module


for _loader in (SourceFileLoader, AssertionRewritingHook):
    _note_imports(_loader)
_set(EVERYTHING)
_lines.start()


@contextmanager
def _within(context: str) -> Iterator[None]:
    before = recorder.context
    _set(context)
    try:
        yield
    finally:
        _set(before)


def _forget() -> None:
    for cached in _caches:
        cached.cache_clear()
    while _properties:
        instance, name = _properties.pop()
        vars(instance).pop(name, None)


def _seconds() -> float:
    return sum(os.times()[:4])  # of this process and of those that have ended


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Any:
    is_module = isinstance(collector, pytest.Module)
    recorder.collected = str(collector.path) if is_module else ""
    with _within(collector.nodeid if is_module else EVERYTHING):
        return (yield)


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        with _within(item.nodeid):
            recorder.write(OTHER_KIND, 1)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    _forget()
    before = _seconds()
    _lines.start()
    with _within(item.nodeid):
        result = yield
        if not _lines.is_tracing():  # nothing is known of what came after
            recorder.write(EVERYTHING, WHOLE_FILE)
        recorder.write(SECONDS, round(_seconds() - before, 3))
    _write_lines(item.nodeid)
    return result


def pytest_sessionfinish() -> None:
    for context in _lines.contexts():
        _write_lines(context)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Of a test that fails because it is looked at nothing is known."""
    if report.failed:
        recorder.write(EVERYTHING, WHOLE_FILE)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Any:
    """What several tests may have belongs to all of them."""
    if fixturedef.scope == "function":
        return (yield)
    is_narrow = fixturedef.scope in ("class", "module")
    with _within(recorder.context.partition("::")[0] if is_narrow else EVERYTHING):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    """The last one of its module also ends what others had."""
    if nextitem is not None and nextitem.path == item.path:
        return (yield)
    with _within(item.nodeid.partition("::")[0] if nextitem else EVERYTHING):
        return (yield)
