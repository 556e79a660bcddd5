"""A source with all that is hard in a text, and a page that holds the widget with a stub model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tertium.coding.workbench.read import script, style
from tertium.coding.workbench.workbench import Workbench, workbench
from tertium.schemes.scheme import Code, Scheme, Tactic, VerdictRule
from tertium.sources.source import Source

FAMILY = "👨‍👩‍👧‍👦"
# x with a circumflex has no character of its own: NFC leaves two code points.
MARKED = "x̂"
HOSTILE = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
TEXT = f"""# Три дня

工人罢工三天，厂方拒绝谈判。他们回厂了。

Рабочие требуют зарплаты. Директор молчит.

The {FAMILY} family came, and {MARKED} stayed. Nobody read {HOSTILE} aloud.
"""
# What the page does in place of a notebook: messages go to Python and its answers come back.
STUB = """
async (code) => {
  const listeners = new Set();
  window.sent = [];
  window.listeners = listeners;
  window.slow = 0;
  window.dead = false;
  const model = {
    async send(content) {
      window.sent.push(content);
      if (window.dead) return;
      await new Promise((done) => setTimeout(done, window.slow));
      const answer = await window.toPython(content);
      for (const one of [...listeners]) one(answer);
    },
    on(name, listener) { listeners.add(listener); },
    off(name, listener) { listeners.delete(listener); },
  };
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  window.leave = module.default.render({ model, el: document.getElementById("cell") });
}
"""
# Middle of the left edge of a code point, or the right edge of the one before it.
PLACE = """
([point, whole, is_end]) => {
  const unit = Array.from(whole).slice(0, point).join("").length;
  for (const run of document.querySelectorAll(".tw-text [data-start]")) {
    const first = Number(run.dataset.start);
    const last = first + run.textContent.length;
    const fits = is_end ? unit > first && unit <= last : unit >= first && unit < last;
    if (!fits) continue;
    run.scrollIntoView({ block: "nearest" });
    const text = Array.from(run.childNodes).find((node) => node.nodeType === 3);
    const range = document.createRange();
    range.setStart(text, is_end ? unit - first - 1 : unit - first);
    range.setEnd(text, is_end ? unit - first : unit - first + 1);
    const boxes = range.getClientRects();
    const box = is_end ? boxes[boxes.length - 1] : boxes[0];
    return [is_end ? box.right - 0.5 : box.left + 0.5, (box.top + box.bottom) / 2];
  }
  return null;
}
"""


def scheme(name: str, *codes: tuple[str, str]) -> Scheme:
    """Return a scheme with codes of these ids and labels."""
    return Scheme(
        name=name,
        version="1.0.0",
        title=f"The {name}",
        description="For tests.",
        verdict=VerdictRule(text="One passage is enough.", present=0.6, undecided=0.3),
        codes=tuple(
            Code(
                id=id_,
                label=label,
                definition=f"{label} is told.",
                when_to_use=f"{label} took place.",
                when_not_to_use=f"{label} is a figure of speech.",
                tactics=(Tactic(id="sit_in", label="Sit-in", definition="They stay."),)
                if id_ == "strike"
                else (),
            )
            for id_, label in codes
        ),
    )


ACTS = scheme("acts", ("strike", "Strike"), ("talks", "Talks"), ("silence", "Silence"))
CLAIMS = scheme("claims", ("wages", "Wages"), ("hours", "Hours"))


def source(id_: str = "hard", text: str = TEXT, **facts: str) -> Source:
    """Return a source whose text may be passed on."""
    return Source(
        id_, text, language="und", markup="markdown", facts={"licence": "CC BY 4.0", **facts}
    )


def points(words: str, text: str = TEXT) -> tuple[int, int]:
    """Return where words stand, in code points."""
    start = text.index(words)
    return start, start + len(words)


class Stage:
    """A page with a workbench on it, and the log that it writes."""

    def __init__(self, view: Any, bench: Workbench) -> None:
        self.view, self.bench = view, bench
        self.faults: list[str] = []

    @property
    def text(self) -> str:
        """Return the canonical text of the source that is open."""
        return self.bench.session.sources[self.bench.session._open].text

    def place(self, point: int, *, is_end: bool = False) -> tuple[float, float]:
        x, y = self.view.evaluate(PLACE, [point, self.text, is_end])
        return x, y

    def drag(self, start: int, end: int) -> None:
        """Drag the mouse over code points."""
        self.view.mouse.move(*self.place(start))
        self.view.mouse.down()
        self.view.mouse.move(*self.place(end, is_end=True), steps=4)
        self.view.mouse.up()

    def click(self, point: int) -> None:
        """Click on the code point."""
        x, y = self.place(point)
        self.view.mouse.click(x + 2, y)

    def press(self, *keys: str) -> None:
        """Press keys, each answered before the next."""
        for key in keys:
            self.view.keyboard.press(key)
            self.settle()

    def settle(self) -> None:
        """Wait until Python has answered everything."""
        self.view.wait_for_timeout(25)

    @property
    def said(self) -> str:
        return self.view.inner_text(".tw-told").strip()

    @property
    def picked(self) -> str:
        """Return the words that are drawn as selected."""
        return "".join(
            self.view.eval_on_selector_all(
                ".tw-draft", "runs => runs.map((run) => run.textContent)"
            )
        )

    @property
    def log(self) -> list[dict[str, Any]]:
        return read_lines(self.bench)

    @property
    def codings(self) -> list[tuple[Any, ...]]:
        """Return start, end and code of each coding that stands."""
        table = self.bench.codings
        rows = zip(table["start"], table["end"], table["code"], strict=True)
        return [tuple(row) for row in rows]


def read_lines(bench: Workbench) -> list[dict[str, Any]]:
    """Return the lines of every log of the coder."""
    session = bench.session
    paths = sorted((session.folder / session.coder).glob("*.jsonl"))
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Any]:
    """Return a headless Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as session:
        opened = session.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def open_stage(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Stage]]:
    """Return a function that shows a workbench; no page may throw an error or ask the network."""
    stages: list[Stage] = []
    context = browser.new_context(viewport={"width": 1000, "height": 900})

    def show(bench: Workbench | None = None, *, head: str = "", **options: Any) -> Stage:
        bench = bench or workbench(
            source(), options.pop("schemes", ACTS), coder="ana", folder=tmp_path, **options
        )
        view = context.new_page()
        stage = Stage(view, bench)
        stages.append(stage)
        view.on("pageerror", lambda error: stage.faults.append(str(error)))
        view.on("console", lambda message: stage.faults.append(message.text))
        view.on("request", lambda request: stage.faults.append(request.url))
        view.set_content(
            f"<!doctype html><meta charset=utf-8>{head}<style>{style()}</style><div id=cell></div>"
        )
        stage.faults.clear()
        view.expose_function("toPython", bench.session.answer)
        view.evaluate(STUB, script())
        view.wait_for_selector(".tw-code-row")
        stage.settle()
        return stage

    yield show
    faults = [fault for stage in stages for fault in stage.faults if not fault.startswith("blob:")]
    context.close()
    assert faults == []


@pytest.fixture
def hard() -> SimpleNamespace:
    """Return the hard text's parts, the two schemes, and how to find words and lines."""
    return SimpleNamespace(
        text=TEXT, family=FAMILY, marked=MARKED, hostile=HOSTILE, acts=ACTS, claims=CLAIMS,
        source=source, points=points, read_lines=read_lines,
    )  # fmt: skip
