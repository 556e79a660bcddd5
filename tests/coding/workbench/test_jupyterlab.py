"""One real session: JupyterLab, its kernel, a browser; code, reload, find the codings again."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tertium.coding.logs.read import read_codings

CALL = """import tertium

sources = tertium.read_sources("hard.md").sources
bench = tertium.workbench(sources, "approach", coder="ana", folder="codings")
bench"""
WAIT = 60_000


@pytest.fixture
def lab(tmp_path: Path, hard: Any) -> Iterator[str]:
    """Return the address of a JupyterLab of its own, on a study with one notebook."""
    pytest.importorskip("jupyterlab", reason="needs jupyterlab")
    work = tmp_path / "work"
    work.mkdir()
    (work / "hard.md").write_text(hard.text, encoding="utf-8")
    cell = {
        "cell_type": "code",
        "id": "call",
        "metadata": {},
        "source": CALL,
        "outputs": [],
        "execution_count": None,
    }
    spec = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook = {
        "cells": [cell],
        "metadata": {"kernelspec": spec},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (work / "coding.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {"IPYTHONDIR": str(tmp_path / "ipython"), "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "spaces"),
            "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "settings")}  # fmt: skip
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
        "--ServerApp.port_retries=0", "--IdentityProvider.token=", f"--notebook-dir={work}",
        "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    with (tmp_path / "server.txt").open("wb") as told:
        server = subprocess.Popen(command, cwd=work, env=os.environ | own, stdout=told, stderr=told)
        try:
            address = f"http://127.0.0.1:{port}"
            _await(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "JupyterLab ended by itself"
        try:
            with urllib.request.urlopen(f"{address}/api/status", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not answer")


def _run(view: Any) -> None:
    """Run the notebook's cell, once its kernel is there: a key pressed too early is lost."""
    view.wait_for_selector(".jp-CodeCell .cm-content", timeout=WAIT)
    view.get_by_text("| Idle").wait_for(timeout=WAIT)
    view.click(".jp-CodeCell .cm-content")
    view.keyboard.press("Control+Enter")
    view.wait_for_selector(".tw-code-row", timeout=WAIT)


def _drag(view: Any, words: str) -> None:
    view.locator(".tw-text [data-start]", has_text=words).first.scroll_into_view_if_needed()
    first, last = view.evaluate(
        """(words) => {
          for (const run of document.querySelectorAll(".tw-text [data-start]")) {
            const at = run.textContent.indexOf(words);
            if (at < 0) continue;
            const text = [...run.childNodes].find((node) => node.nodeType === 3);
            const box = (from, to) => { const r = document.createRange(); r.setStart(text, from); r.setEnd(text, to); return r.getBoundingClientRect(); };
            const [a, b] = [box(at, at + 1), box(at + words.length - 1, at + words.length)];
            return [[a.left + 0.5, (a.top + a.bottom) / 2], [b.right - 0.5, (b.top + b.bottom) / 2]];
          }
        }""",
        words,
    )
    view.mouse.move(*first)
    view.mouse.down()
    view.mouse.move(*last, steps=5)
    view.mouse.up()


def test_codings_outlive_the_page(lab: str, browser: Any, hard: Any, tmp_path: Path) -> None:
    """Coded by mouse and by keyboard, in four scripts; after a reload everything is there again."""
    view = browser.new_page(viewport={"width": 1500, "height": 1100})
    faults: list[str] = []
    asked: list[str] = []
    view.on("pageerror", lambda error: faults.append(str(error)))
    view.on("request", lambda request: asked.append(request.url))
    view.goto(f"{lab}/lab/tree/coding.ipynb?reset", timeout=WAIT)
    _run(view)
    _drag(view, "工人罢工三天")
    view.keyboard.press("5")
    view.get_by_text("Coded: Strikes").wait_for(timeout=WAIT)
    _drag(view, hard.marked)
    view.click("[data-code='approach/ngo_paralegal']")
    view.get_by_text("Coded: NGO").wait_for(timeout=WAIT)
    view.keyboard.press("Escape")
    _drag(view, "Директор")
    for key in ("Shift+ArrowRight", "3"):
        view.keyboard.press(key)
    view.get_by_text("Coded: Legislative").wait_for(timeout=WAIT)
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowRight", "4", "d", "d"):
        view.keyboard.press(key)
    view.get_by_text("Coded: International").wait_for(timeout=WAIT)
    before = view.eval_on_selector_all(
        ".tw-coded", "runs => runs.map((run) => [run.textContent, run.title])"
    )
    view.keyboard.press("Escape")
    view.keyboard.press("?")
    boxes = view.eval_on_selector_all(
        ".tw-help-list > *",
        "all => all.map((one) => { const b = one.getBoundingClientRect(); return [one.tagName, b.left, b.top, b.right]; })",
    )
    for (term, _, top, right), (told, left, beside, _) in zip(boxes[::2], boxes[1::2], strict=True):
        assert (term, told) == ("DT", "DD")
        assert abs(top - beside) < 4
        assert right <= left
    view.keyboard.press("?")
    view.click(".jp-InputPrompt")
    view.click(".tw-item >> nth=0")
    for key in ("x", "d", "d", "a"):
        view.keyboard.press(key)
    assert view.locator(".jp-CodeCell").count() == 1
    if folder := os.environ.get("TERTIUM_SCREENSHOTS"):
        view.screenshot(path=Path(folder) / "jupyterlab.png")

    view.reload(timeout=WAIT)
    _run(view)
    view.wait_for_selector(".tw-coded", timeout=WAIT)
    after = view.eval_on_selector_all(
        ".tw-coded", "runs => runs.map((run) => [run.textContent, run.title])"
    )
    view.close()
    words = [
        "工人罢工三天", "Директор молчит", f"{hard.family} family", hard.marked,
    ]  # fmt: skip
    assert [text for text, _ in before] == [text for text, _ in after] == words
    assert faults == []
    assert [url for url in asked if not url.startswith((lab, "blob:", "data:"))] == []

    work = tmp_path / "work"
    (path,) = (work / "codings").rglob("*.jsonl")
    assert path.relative_to(work).as_posix() == "codings/ana/hard.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert {line["kind"] for line in lines} == {"coding"}
    for line in lines:
        assert (line["start"], line["end"]) in {hard.points(each) for each in words}
    from tertium.sources.read import read_sources

    sources = read_sources(work / "hard.md").sources
    codings = read_codings(work / "codings", sources=sources, coders=["ana"]).codings
    assert codings["quote"].tolist() == words
