"""The queue in a browser, with a stub for the notebook and the real Python behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tertium.agreement.adjudication.queue import Adjudication
from tertium.agreement.adjudication.read import script, style
from tertium.agreement.adjudication.view import answer

from .conftest import SOURCES, TEXT, Desk, coded, read
from .test_gold import gold, places_of

STUB = """
async (code) => {
  const listeners = new Set();
  window.dead = false;
  const model = {
    send(content) { if (!window.dead) window.toPython(content).then((answer) => { for (const one of [...listeners]) one(answer); }); },
    on(name, listener) { listeners.add(listener); },
    off(name, listener) { listeners.delete(listener); },
  };
  const module = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  module.default.render({ model, el: document.getElementById("cell") });
}
"""
SELECT = """
([side, words]) => {
  const holder = document.querySelectorAll(".tq-runs")[side];
  const walker = document.createTreeWalker(holder, NodeFilter.SHOW_TEXT);
  const at = holder.textContent.indexOf(words);
  const range = document.createRange();
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const end = passed + node.data.length;
    if (at >= passed && at < end) range.setStart(node, at - passed);
    if (at + words.length > passed && at + words.length <= end) range.setEnd(node, at + words.length - passed);
    passed = end;
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
"""


class Stage:
    """A page with the queue on it."""

    def __init__(self, view: Any, queue: Adjudication) -> None:
        self.view, self.queue = view, queue

    def press(self, *keys: str) -> None:
        """Press keys, each answered before the next."""
        for key in keys:
            self.view.keyboard.press(key)
            self.view.wait_for_timeout(40)

    @property
    def said(self) -> str:
        return self.view.inner_text(".tw-told").strip()

    def words(self, selector: str) -> list[str]:
        """The texts of elements."""
        return self.view.eval_on_selector_all(selector, "all => all.map((one) => one.textContent)")


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Any]:
    """A headless Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as session:
        opened = session.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def stage(browser: Any, desk: Desk) -> Iterator[Stage]:
    """Two differences: one that ben did not code, one with other borders; nothing may go wrong."""
    start = TEXT.index("罢工 began")
    desk.write(
        coded("ana", 0, 13, memo="<i>they</i> stopped", confidence=0.5),
        coded("ana", start, start + 8),
        coded("ben", start + 5, start + 30),
        read("ana"),
        read("ben"),
    )
    queue = desk.open()
    faults: list[str] = []
    view = browser.new_page(viewport={"width": 1000, "height": 900})
    view.on("pageerror", lambda error: faults.append(str(error)))
    view.on("console", lambda message: faults.append(message.text))
    view.set_content(
        f"<!doctype html><meta charset=utf-8><style>{style()}</style><div id=cell></div>"
    )
    view.expose_function("toPython", lambda act: answer(queue, act))
    view.evaluate(STUB, script())
    view.wait_for_selector(".tq-side")
    yield Stage(view, queue)
    view.close()
    assert faults == []


def test_both_sides_stand_beside_each_other_with_what_differs(stage: Stage) -> None:
    """Who coded what, with memo and confidence; what one marked alone is marked as different."""
    assert stage.words(".tq-side h4") == ["ana coded", "ben read, not coded"]
    assert stage.words(".tq-side:nth-child(1) mark") == ["Miners struck"]
    assert stage.words(".tq-side:nth-child(2) mark") == []
    assert stage.words(".tq-side:nth-child(2) .tq-differs") == ["Miners struck"]
    assert stage.words(".tq-said li") == ["“Miners struck”, confidence 0.5, “<i>they</i> stopped”"]
    stage.view.focus(".tq-body")
    stage.press("n")
    assert stage.words(".tq-side:nth-child(1) mark") == ["罢工 be", "gan"]
    assert stage.words(".tq-side:nth-child(1) mark.tq-differs") == ["罢工 be"]


def test_text_is_shown_as_text(stage: Stage) -> None:
    """Markup in a source or memo is never run."""
    assert "<b>Unions</b>" in stage.words(".tq-runs")[0]
    assert stage.view.query_selector_all(".tq-runs b, .tq-said i") == []


def test_a_difference_is_settled_by_keys_alone(stage: Stage, desk: Desk) -> None:
    """A number, the reason, Enter; then the next one is there."""
    stage.view.focus(".tq-body")
    stage.press("1")
    assert stage.said == "Why? Enter keeps the decision."
    stage.view.keyboard.type("the guideline, 2.3 n p a")
    stage.press("Enter")
    assert stage.said == "Decided. 1 open."
    assert places_of(gold(desk).codings) == [("strike", 0, 13)]
    assert stage.words(".tq-side h4") == ["ana coded", "ben coded"]
    stage.press("r")
    stage.view.keyboard.type("one passage")
    stage.press("Escape", "b")
    assert stage.said == "Decided. Nothing is open."
    assert stage.queue.queue.empty
    assert len(gold(desk).codings) == 2


def test_a_reason_is_required(stage: Stage) -> None:
    """Nothing goes to Python without one."""
    stage.view.focus(".tq-body")
    stage.press("a", "Enter")
    assert stage.said == "Write why."
    assert len(stage.queue.queue) == 2


def test_own_words_are_found_in_code_points(stage: Stage, desk: Desk) -> None:
    """What is selected across marks, behind an astral character or not, is the coding."""
    stage.view.focus(".tq-body")
    stage.press("n")
    stage.view.evaluate(SELECT, [1, "罢工 began. A"])
    stage.press("o")
    stage.view.keyboard.type("the sentence")
    stage.press("Enter")
    start = TEXT.index("罢工")
    assert places_of(gold(desk).codings) == [("strike", start, start + len("罢工 began. A"))]


def test_a_decision_is_taken_back(stage: Stage, desk: Desk) -> None:
    """The key z opens the difference again."""
    stage.view.focus(".tq-body")
    stage.press("1")
    stage.view.keyboard.type("why")
    stage.press("Enter", "p")
    assert "Decided: present, “Miners struck”. why (eva)" in stage.words(".tq-decided")
    stage.press("z")
    assert len(stage.queue.queue) == 2
    assert gold(desk).codings.empty


def test_everything_has_a_name(stage: Stage) -> None:
    """Regions, buttons and the reason are named for who does not see them."""
    tree = stage.view.locator("#cell").aria_snapshot()
    for part in (
        'region "Difference between coders"',
        'group "Decision"',
        'textbox "Reason"',
        'region "What ana said"',
        'button "Next difference"',
        'progressbar "Differences decided"',
        "status",
    ):
        assert part in tree, tree


def test_what_python_refuses_is_said(desk: Desk) -> None:
    """Without an adjudicator's name nothing can be decided; the queue is shown all the same."""
    desk.write(coded("ana", 0, 13), read("ana"), read("ben"))
    queue = desk.open(adjudicator=None)
    shown = answer(queue, {"do": "hello"})
    act = {"do": "decide", "item": shown["item"]["id"], "word": "absent", "reason": "x"}
    told = answer(queue, act)
    assert (told["failed"], "adjudicator" in told["message"]) == (True, True)
    assert "".join(run["text"] for run in told["item"]["sides"][0]["runs"]) in SOURCES[0].text


def test_the_text_form_is_the_same_with_and_without_a_browser(desk: Desk) -> None:
    """So a notebook that is run again keeps its output."""
    desk.write(coded("ana", 0, 13), read("ana"), read("ben"))
    queue = desk.open()
    data, _ = queue._repr_mimebundle_()
    assert data["text/plain"] == repr(queue)


def test_the_focus_never_leaves_the_queue(stage: Stage) -> None:
    """A button that is clicked and then barred hands it on: the next key is no notebook's."""
    stage.view.click("[data-key=next]")
    stage.view.wait_for_timeout(60)
    assert stage.view.evaluate("document.activeElement.className") == "tq-body"
    stage.press("p")
    assert stage.words(".tw-sources span") == ["1 of 2"]


@pytest.mark.parametrize("target", [".tw-title", ".tw-told", ".tq-desk", ".tq-what"])
def test_after_a_click_the_next_key_is_ours(stage: Stage, target: str) -> None:
    """Wherever in the queue one clicks, the focus is in it: outside, an x would cut a cell."""
    stage.view.click(target, position={"x": 3, "y": 3})
    assert stage.view.evaluate("document.querySelector('.tq').contains(document.activeElement)")
    stage.press("n")
    assert stage.words(".tw-sources span") == ["2 of 2"]


def test_a_dead_kernel_is_told(stage: Stage) -> None:
    """No answer: an alert, nothing decided, and the reason is still there."""
    stage.view.focus(".tq-body")
    stage.view.evaluate("window.dead = true")
    stage.press("1")
    stage.view.keyboard.type("why")
    stage.press("Enter")
    stage.view.wait_for_timeout(3300)
    assert "Python does not answer; nothing was written" in stage.said
    assert stage.view.input_value("[data-key=reason]") == "why"
    stage.view.evaluate("window.dead = false")
    stage.press("Enter")
    assert stage.said == "Decided. 1 open."


def test_a_reason_waits_for_its_difference(stage: Stage) -> None:
    """Turning to another difference keeps what was written of this one, and brings it again."""
    stage.view.focus(".tq-body")
    stage.press("r")
    stage.view.keyboard.type("half a reason")
    stage.press("Escape", "n")
    assert stage.view.input_value("[data-key=reason]") == ""
    stage.press("p")
    assert stage.view.input_value("[data-key=reason]") == "half a reason"


def test_what_differs_has_a_wavy_line(stage: Stage) -> None:
    """Marked words too, where the other coder did not mark them."""
    for selector in ("mark.tq-differs", "span.tq-differs"):
        line = stage.view.eval_on_selector(
            f".tq-runs {selector}", "one => getComputedStyle(one).textDecorationStyle"
        )
        assert line == "wavy"


def test_own_words_have_a_stance_where_the_coders_differ(stage: Stage, desk: Desk) -> None:
    """A choice appears; without it nothing is decided, with it the gold has that stance."""
    desk.write(
        coded("ana", 30, 38, "state_led", stance="planned"), coded("ben", 30, 38, "state_led")
    )
    queue = desk.open()
    item = next(one for one in queue.items if one.difference == "stance")
    stage.queue.places = queue.places
    stage.press("x")
    stage.view.focus(".tq-body")
    stage.press("n", "n")
    assert answer(stage.queue, {"do": "open", "item": item.id})["item"]["stances"]
    words = item.source.text[30:38]
    stage.view.evaluate(SELECT, [0, words])
    stage.press("o")
    assert "choose one" in stage.said
    stage.view.select_option("[data-key=stance]", "denied")
    stage.press("Enter")
    stage.view.keyboard.type("read again")
    stage.press("Enter")
    assert "denied" in gold(desk).codings["stance"].tolist()


def test_messages_name_no_item(desk: Desk) -> None:
    """What is refused is said without an id that is seen nowhere."""
    desk.write(coded("ana", 0, 13), read("ana"), read("ben"))
    queue = desk.open()
    item = queue.items[0].id
    told = answer(queue, {"do": "decide", "item": item, "word": "ben", "reason": "x"})
    assert told["failed"]
    assert item not in told["message"]
