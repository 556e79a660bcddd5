"""The widget in a browser, with a stub for the notebook and the real Python behind it."""

from __future__ import annotations

import pytest

from tertium.coding.logs.lines import coding_line
from tertium.coding.logs.log import append, as_lines
from tertium.coding.logs.replay import replay
from tertium.coding.workbench.workbench import workbench
from tertium.spans import Span


@pytest.fixture
def machine(hard):
    """Return suggestions: two codings that a machine made."""

    def made(*passages: tuple[str, str]):
        lines = [
            coding_line(
                hard.source(), Span(*hard.points(words)), hard.acts, code, coder="model-1",
                coder_kind="model",
            )
            for words, code in passages
        ]  # fmt: skip
        return replay(as_lines(lines), sources=[hard.source()]).codings

    return made


@pytest.mark.parametrize(
    "words",
    ["工人罢工三天", "Рабочие требуют", "family came", "三天，厂方拒绝谈判。他们"],
)
def test_words_are_coded_by_mouse(open_stage, hard, words) -> None:
    """What was dragged over is what Python holds, in whichever script, across sentences."""
    stage = open_stage()
    start, end = hard.points(words)
    stage.drag(start, end)
    assert stage.picked == words
    stage.view.click("[data-code='acts/strike']")
    stage.settle()
    assert stage.codings == [(start, end, "strike")]
    assert stage.log[0]["quote"] == words
    assert stage.said == f"Coded: Strike, “{words}”"


def test_emoji_and_marks_are_never_cut(open_stage, hard) -> None:
    """A selection that a program made inside a family or before a mark goes out to its borders."""
    stage = open_stage()
    start, _ = hard.points(hard.family)
    _, end = hard.points(hard.marked)
    stage.view.evaluate(
        """([first, last, text]) => {
          const unit = (point) => Array.from(text).slice(0, point).join("").length;
          const root = document.querySelector(".tw-text");
          const find = (at) => [...root.querySelectorAll("[data-start]")].filter((run) => Number(run.dataset.start) <= at).pop();
          const [a, b] = [unit(first), unit(last)];
          const range = document.createRange();
          range.setStart(find(a).firstChild, a - Number(find(a).dataset.start));
          range.setEnd(find(b).firstChild, b - Number(find(b).dataset.start));
          root.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, button: 0 }));
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          root.dispatchEvent(new MouseEvent("mouseup", { bubbles: true, button: 0 }));
        }""",
        [start + 2, end - 1, hard.text],
    )
    stage.press("2")
    assert stage.codings == [(start, end, "talks")]
    assert stage.log[0]["quote"].startswith(hard.family)
    assert stage.log[0]["quote"].endswith(hard.marked)


def test_words_are_coded_by_keyboard_alone(open_stage, hard) -> None:
    """Tab reaches the text; arrows select and extend; a number codes; the family is one step."""
    stage = open_stage()
    stage.view.focus(".tw-text")
    stage.press("ArrowDown", "ArrowDown")
    assert stage.picked == "工人罢工三天，厂方拒绝谈判。"
    stage.press("Shift+ArrowDown", "1")
    start, end = hard.points("工人罢工三天，厂方拒绝谈判。他们回厂了。")
    assert stage.codings == [(start, end, "strike")]
    stage.press("ArrowDown", "ArrowRight")
    assert stage.picked == "Директор"
    stage.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert stage.picked == hard.family
    stage.press("Shift+ArrowRight", "2")
    assert stage.codings[-1] == (*hard.points(f"{hard.family} family"), "talks")


def test_ends_move_by_key(open_stage, hard) -> None:
    """Shift moves an end, e changes which; Escape drops it, Enter is one line that replaces."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1", "Shift+ArrowRight")
    assert stage.picked == "требуют зарплаты"
    assert "moved" in stage.view.inner_text(".tw-details")
    stage.press("Escape")
    assert stage.picked == "требуют"
    stage.press("Shift+ArrowRight", "e", "Shift+ArrowLeft", "Control+Shift+ArrowRight")
    assert stage.picked == "абочие требуют зарплаты"
    stage.press("Control+Shift+ArrowLeft", "Enter")
    assert stage.codings == [(*hard.points("Рабочие требуют зарплаты"), "strike")]
    first, second = stage.log
    assert second["replaces"] == [first["id"]]


def test_a_picked_coding_keeps_its_ends_until_enter(open_stage, hard) -> None:
    """Moved ends are a draft: another code is refused until they are kept or dropped."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1", "Shift+ArrowRight", "2")
    assert "Enter keeps them" in stage.said
    assert len(stage.log) == 1


def test_overlaps_are_drawn_in_lanes(open_stage, hard) -> None:
    """Two codes on crossing passages: the shared words carry both lines, a click takes the shorter."""
    stage = open_stage()
    stage.drag(*hard.points("Рабочие требуют"))
    stage.press("1")
    stage.drag(*hard.points("требуют зарплаты. Директор"))
    stage.press("2", "Escape")
    drawn = stage.view.eval_on_selector_all(
        ".tw-coded", "runs => runs.map((run) => [run.textContent, run.title])"
    )
    assert drawn == [
        ["Рабочие ", "Strike"],
        ["требуют", "Strike\nTalks"],
        [" зарплаты. Директор", "Talks"],
    ]
    stage.click(hard.points("требуют")[0])
    assert stage.picked == "Рабочие требуют"
    stage.click(hard.points("требуют")[0])
    assert stage.picked == "требуют зарплаты. Директор"


def test_a_second_code_goes_on_the_same_words(open_stage, hard) -> None:
    """With a coding picked, a number codes the same passage again; the same code is refused."""
    stage = open_stage()
    stage.drag(*hard.points("Директор молчит"))
    stage.press("2", "3", "3")
    assert [code for *_, code in stage.codings] == ["silence", "talks"]
    assert stage.said.startswith("This is coded so already")


def test_a_text_with_markup_is_shown_as_text(open_stage, hard) -> None:
    """Nothing that a source, a memo or a title holds becomes an element."""
    title = "<b>bold</b>"
    bench = workbench(
        hard.source(title=title), hard.acts, coder="ana",
        folder=open_stage().bench.session.folder,
    )  # fmt: skip
    stage = open_stage(bench)
    assert hard.hostile in stage.view.inner_text(".tw-text")
    stage.drag(*hard.points("Nobody"))
    stage.press("1", "m")
    stage.view.keyboard.type(hard.hostile)
    stage.press("Escape", "Escape")
    assert stage.log[-1]["memo"] == hard.hostile
    assert stage.view.query_selector(".tw script, .tw img, .tw b") is None
    assert stage.view.title() == ""
    assert title in stage.view.inner_text(".tw-header")


def test_undo_and_redo(open_stage, hard) -> None:
    """Each act is taken back and done again; the log only grows."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    stage.drag(*hard.points("молчит"))
    stage.press("3", "Delete")
    lengths = [len(stage.codings)]
    for key in ("u", "Control+z", "u", "u", "U", "Control+y", "Control+Shift+z"):
        stage.press(key)
        lengths.append(len(stage.codings))
    assert lengths == [1, 2, 1, 0, 0, 1, 2, 1]
    assert len(stage.log) == 9
    assert stage.codings == [(*hard.points("требуют"), "strike")]


def test_codes_are_found_by_name(open_stage, hard) -> None:
    """The search narrows the list, tells the first code, and Enter applies it."""
    stage = open_stage(schemes=[hard.acts, hard.claims])
    stage.drag(*hard.points("зарплаты"))
    stage.press("/")
    stage.view.keyboard.type("wag")
    assert stage.view.eval_on_selector_all(
        ".tw-code .tw-label", "all => all.map((one) => one.textContent)"
    ) == ["Wages"]
    assert "Wages took place." in stage.view.inner_text(".tw-card")
    stage.press("Enter")
    assert stage.codings == [(*hard.points("зарплаты"), "wages")]
    assert stage.view.evaluate("document.activeElement.className") == "tw-text"
    assert stage.view.locator(".tw-code").count() == 5


def test_several_schemes_share_the_numbers(open_stage, hard) -> None:
    """The key k gives the numbers to the next scheme; all codes look different."""
    stage = open_stage(schemes=[hard.acts, hard.claims])
    stage.drag(*hard.points("требуют"))
    stage.press("1", "k", "1")
    assert [code for *_, code in stage.codings] == ["strike", "wages"]
    looks = stage.view.eval_on_selector_all(
        ".tw-code .tw-swatch", "all => all.map((one) => one.getAttribute('style'))"
    )
    assert len(set(looks)) == 5


@pytest.mark.parametrize("way", ["hover", "focus"])
def test_a_definition_is_told(open_stage, way) -> None:
    """A code under the mouse or with the focus shows its definition, when and when not."""
    stage = open_stage()
    getattr(stage.view, way)("[data-code='acts/talks']")
    card = stage.view.inner_text(".tw-card")
    assert "Talks is told." in card
    assert "Talks took place." in card
    assert "Talks is a figure of speech." in card


def test_what_is_said_of_a_coding(open_stage, hard) -> None:
    """Stance, confidence, tactic and memo go into the log, before coding or after it."""
    stage = open_stage()
    stage.drag(*hard.points("拒绝谈判"))
    stage.press("t", "f", "m")
    stage.view.keyboard.type("否认")
    stage.press("Control+Enter", "1")
    (first,) = stage.log
    assert (first["stance"], first["confidence"], first["memo"]) == ("planned", 0.25, "否认")
    stage.view.select_option("[data-key='stance']", "denied")
    stage.settle()
    stage.view.select_option("[data-key='value']", "sit_in")
    stage.settle()
    stage.view.select_option("[data-key='confidence']", "")
    stage.settle()
    stage.view.fill("[data-key='memo']", "anders")
    stage.press("Escape")
    last = stage.log[-1]
    assert (last["stance"], last.get("confidence"), last["memo"], last["value"]) == (
        "denied", None, "anders", "sit_in",
    )  # fmt: skip
    assert len(stage.codings) == 1
    stage.view.select_option("[data-key='code']", "acts/silence")
    stage.settle()
    assert stage.codings == [(*hard.points("拒绝谈判"), "silence")]
    assert "value" not in stage.log[-1]


def test_a_memo_is_kept_when_its_coding_is_left(open_stage, hard) -> None:
    """Clicking elsewhere logs the memo once, and what was clicked stays picked."""
    stage = open_stage()
    stage.drag(*hard.points("Директор"))
    stage.press("2")
    stage.drag(*hard.points("требуют"))
    stage.press("1", "m")
    stage.view.keyboard.type("pay")
    stage.click(hard.points("Директор")[0])
    stage.settle()
    assert [line.get("memo") for line in stage.log] == [None, None, "pay"]
    assert stage.picked == "Директор"


def test_suggestions_are_accepted_corrected_and_rejected(open_stage, hard, machine) -> None:
    """One key each; the next one is at hand; each decision is a line that names the suggestion."""
    given = machine(
        ("工人罢工三天", "strike"),
        ("Рабочие требуют", "strike"),
        ("Директор", "talks"),
        ("came", "talks"),
    )
    stage = open_stage(suggestions=given)
    stage.view.focus(".tw-text")
    stage.press("n", "a")
    assert stage.picked == "Рабочие требуют"
    stage.press("c", "Shift+ArrowRight", "Enter")
    assert stage.picked == "Директор"
    stage.press("3")
    assert stage.picked == "came"
    stage.press("x")
    assert stage.codings == [
        (*hard.points("工人罢工三天"), "strike"),
        (*hard.points("Рабочие требуют зарплаты"), "strike"),
        (*hard.points("Директор"), "silence"),
    ]
    assert [line["suggestion"] for line in stage.log] == given["coding_id"].tolist()
    assert [line["kind"] for line in stage.log] == ["coding"] * 3 + ["rejection"]
    assert {line.get("blind") for line in stage.log} == {False, None}
    stage.press("u")
    assert "came" in stage.view.inner_text(".tw-items")


def test_blind_coding_is_recorded(open_stage, hard, machine) -> None:
    """Hidden suggestions leave no trace; once shown, the source is not blind again."""
    stage = open_stage(suggestions=machine(("молчит", "silence")), blind=True)
    assert stage.view.locator("[data-badge^='?']").count() == 0
    assert "open" not in stage.view.inner_text(".tw-header")
    stage.drag(*hard.points("Рабочие"))
    stage.press("1")
    stage.press("s")
    assert stage.view.locator("[data-badge^='?']").count() == 1
    stage.press("s")
    stage.drag(*hard.points("зарплаты"))
    stage.press("2")
    assert [line["blind"] for line in stage.log] == [True, False]


def test_a_code_is_judged_for_the_whole_source(open_stage, hard) -> None:
    """Present, not found, undecided: one holds at a time, and a second press takes it back."""
    stage = open_stage()
    held = []
    for verdict in ("present", "undecided", "absent", "absent"):
        stage.view.click(f"[data-key='verdict-{verdict}-acts/talks']")
        stage.settle()
        held.append(
            stage.view.eval_on_selector_all(
                "[aria-pressed=true]", "all => all.map((one) => one.getAttribute('aria-label'))"
            )
        )
    assert held == [
        ["Talks: present in the source as a whole"],
        ["Talks: cannot be decided for the source as a whole"],
        ["Talks: searched in the whole source, not found"],
        [],
    ]
    kinds = [(line["kind"], line.get("value")) for line in stage.log]
    assert kinds == [
        ("coding", None),
        ("coding", "undecided"),
        ("reading", None),
        ("retraction", None),
    ]


def test_not_found_is_refused_beside_codings(open_stage, hard) -> None:
    """A code with a passage can't be called not found; the message says what to do."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    stage.view.click("[data-key='verdict-absent-acts/strike']")
    stage.settle()
    assert 'give it the stance "denied"' in stage.view.inner_text("[role=alert]")
    assert len(stage.log) == 1


def test_a_source_is_read_entirely(open_stage, hard) -> None:
    """The mark is a reading of all codes; what is not coded then counts as not found."""
    stage = open_stage()
    stage.view.focus(".tw-text")
    stage.press("r")
    (line,) = stage.log
    assert (line["kind"], line["start"], line["code"]) == ("reading", None, None)
    assert stage.view.locator(".tw-absent.tw-implied").count() == 3
    stage.press("r")
    assert stage.bench.readings.empty


def test_codes_and_verdicts_are_reached_by_arrows(open_stage) -> None:
    """The codes are one stop of the Tab key; arrows walk over codes and their verdicts."""
    stage = open_stage()
    stage.view.focus(".tw-search")
    stage.press("Tab", "ArrowDown", "ArrowRight", "ArrowRight", "Enter")
    assert [(line["kind"], line["code"]) for line in stage.log] == [("reading", "talks")]
    assert stage.view.evaluate("document.activeElement.ariaLabel").startswith("Talks: searched")


def test_everything_that_acts_has_a_name(open_stage, hard, machine) -> None:
    """Each control tells its purpose aloud, and the status line is live."""
    stage = open_stage(schemes=[hard.acts, hard.claims], suggestions=machine(("молчит", "silence")))
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    nameless = stage.view.eval_on_selector_all(
        ".tw button, .tw select, .tw textarea, .tw input, .tw [tabindex='0']",
        """all => all.filter((one) => !one.ariaLabel && !one.textContent.trim() && !one.labels?.length)
                     .map((one) => one.outerHTML)""",
    )
    assert nameless == []
    assert stage.view.get_attribute("[role=status]", "aria-live") == "polite"
    assert stage.view.get_attribute(".tw", "data-lm-suppress-shortcuts") == "true"


def test_no_key_leaves_the_widget(open_stage) -> None:
    """What is pressed inside never reaches the notebook around it."""
    stage = open_stage()
    stage.view.evaluate("document.addEventListener('keydown', () => { document.title = 'heard'; })")
    stage.view.focus(".tw-text")
    stage.press("d", "d", "a", "b", "Enter", "Shift+Enter", "ArrowDown")
    assert stage.view.title() == ""


@pytest.mark.parametrize("target", [".tw-item", ".tw-quote", ".tw-facts", "[data-key='undo']"])
def test_after_a_click_the_next_key_is_ours(open_stage, hard, target) -> None:
    """Wherever in the widget one clicks, the focus is in it: outside, an x would cut a cell."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    if target == ".tw-item":
        stage.press("Escape")
    stage.view.evaluate("document.activeElement.blur()")
    stage.view.click(target)
    stage.settle()
    assert stage.view.evaluate("document.querySelector('.tw').contains(document.activeElement)")


def test_the_focus_stays_when_its_button_goes(open_stage, hard) -> None:
    """A button that was pressed by key and then is gone or disabled hands the focus to the text."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    for key in ("delete", "undo", "undo"):
        stage.view.focus(f"[data-key='{key}']")
        stage.press("Enter")
    assert stage.view.evaluate("document.activeElement.className") == "tw-text"


def test_zones_look_different(open_stage, hard) -> None:
    """Headings, furniture, captions and notes are set apart from the body."""
    text = "---\ntitle: T\nlanguage: en\n---\n\n# Head\n\nBody text here.\n\nFigure 1: Workers at the gate\n\n## Notes\n\n1. See there.\n"
    bench = workbench(
        hard.source("zones", text), hard.acts, coder="ana", folder=open_stage().bench.session.folder
    )
    stage = open_stage(bench)
    zones = stage.view.eval_on_selector_all(
        ".tw-block", "all => all.map((one) => one.className.match(/tw-zone-(\\w+)/)[1])"
    )
    assert [*dict.fromkeys(zones)] == ["furniture", "heading", "body", "caption", "endnote"]
    looks = stage.view.eval_on_selector_all(
        ".tw-block",
        "all => all.map((one) => { const s = getComputedStyle(one); return [s.fontSize, s.fontWeight, s.fontStyle, s.borderLeftStyle].join() })",
    )
    assert len(set(looks)) == 6


def test_sources_and_passages_are_gone_through(open_stage, hard, tmp_path) -> None:
    """Long texts come in passages; keys lead to the next passage and source; progress is told."""
    long = "\n\n".join(f"# Part {n}\n\n" + f"Workers of mill {n} met. " * 60 for n in range(6))
    folder = tmp_path / "more"
    bench = workbench(
        [hard.source("first", long), hard.source("second")], hard.acts, coder="ana", folder=folder
    )
    stage = open_stage(bench)
    assert "passage 1 of" in stage.view.inner_text(".tw-turner")
    assert "Part 5" not in stage.view.inner_text(".tw-text")
    stage.view.click("[aria-label='Next passage']")
    assert "passage 2 of" in stage.view.inner_text(".tw-turner")
    stage.view.focus(".tw-text")
    stage.press("ArrowDown", "1", "]")
    start = bench.codings["start"][0]
    assert long[start:].startswith("# Part 2")
    stage.view.focus(".tw-text")
    stage.press("r")
    assert "1 of 2 read" in stage.view.inner_text(".tw-header")
    assert "工人" in stage.view.inner_text(".tw-text")
    stage.press("[")
    assert "passage 2 of" in stage.view.inner_text(".tw-turner")


def test_a_span_may_run_over_passages(open_stage, hard, tmp_path) -> None:
    """The end that moves takes the view along, and one coding holds it all."""
    long = "\n\n".join(f"# Part {n}\n\n" + f"Workers of mill {n} met. " * 90 for n in range(3))
    bench = workbench(hard.source("first", long), hard.acts, coder="ana", folder=tmp_path / "more")
    stage = open_stage(bench)
    stage.view.focus(".tw-text")
    stage.press("ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "1")
    assert bench.codings["quote"][0] == (
        "Workers of mill 0 met. \n\n# Part 1\n\nWorkers of mill 1 met."
    )
    assert "passage 2 of" in stage.view.inner_text(".tw-turner")


def test_what_others_wrote_is_loaded(open_stage, hard) -> None:
    """Another kernel's coding appears on refresh; one that it deleted can't be changed any more."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    other = workbench(hard.source(), hard.acts, coder="ana", folder=stage.bench.session.folder)
    start, end = hard.points("молчит")
    made = {"do": "code", "start": start, "end": end, "scheme": "acts", "code": "silence"}
    assert "failed" not in other.session.answer(made)
    stage.press("l")
    assert stage.view.locator(".tw-coded").count() == 2
    other.session.answer({"do": "delete", "id": stage.log[0]["id"]})
    stage.press("t")
    assert "not there any more" in stage.view.inner_text("[role=alert]")
    assert [code for *_, code in stage.codings] == ["silence"]


def test_a_fault_is_a_plain_message(open_stage, hard) -> None:
    """A log that can't be read is told in words; nothing is lost from the page."""
    stage = open_stage()
    folder = stage.bench.session.folder / "ana"
    folder.mkdir(parents=True)
    (folder / "hard.jsonl").write_text("[1]\n", encoding="utf-8")
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    alert = stage.view.inner_text("[role=alert]")
    assert "no JSON object" in alert
    assert "Traceback" not in alert
    assert (folder / "hard.jsonl").read_text("utf-8") == "[1]\n"


def test_codings_of_the_log_are_shown(open_stage, hard, tmp_path) -> None:
    """What was written before, by hand or in another session, is drawn at once."""
    line = coding_line(
        hard.source(), Span(*hard.points("зарплаты")), hard.acts, "talks", coder="ana"
    )
    append(tmp_path, [line])
    stage = open_stage()
    assert stage.view.inner_text(".tw-coded") == "зарплаты"


def test_leaving_ends_it(open_stage) -> None:
    """A view that is closed takes no more messages and waits for none."""
    stage = open_stage()
    assert stage.view.evaluate("window.listeners.size") == 1
    stage.view.evaluate("window.leave()")
    assert stage.view.evaluate("window.listeners.size") == 0


def test_a_memo_typed_while_python_works_keeps_its_letters(open_stage, hard) -> None:
    """The field is never replaced under the hand; what was typed ends in the log, once."""
    stage = open_stage()
    stage.view.evaluate("window.slow = 200")
    stage.drag(*hard.points("требуют"))
    for key in ("1", "m"):
        stage.view.keyboard.press(key)
    stage.view.keyboard.type("quick memo typed at once", delay=25)
    assert stage.view.input_value("[data-key='memo']") == "quick memo typed at once"
    assert stage.view.evaluate("document.activeElement.dataset.key") == "memo"
    stage.view.keyboard.press("Control+Enter")
    stage.view.keyboard.press("m")
    stage.view.keyboard.type(", and more", delay=25)
    stage.view.keyboard.press("Escape")
    stage.view.wait_for_timeout(900)
    assert [line.get("memo") for line in stage.log] == [
        None, "quick memo typed at once", "quick memo typed at once, and more",
    ]  # fmt: skip
    assert len(stage.codings) == 1


def test_quick_keys_wait_for_each_other(open_stage, hard) -> None:
    """Stance twice, then confidence, faster than Python answers: all of it holds."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1")
    stage.view.evaluate("window.slow = 200")
    for key in ("t", "t", "f"):
        stage.view.keyboard.press(key)
    stage.view.wait_for_timeout(1000)
    last = stage.log[-1]
    assert (last["stance"], last["confidence"], len(stage.codings)) == ("criticised", 0.25, 1)
    assert stage.view.input_value("[data-key='stance']") == "criticised"


def test_a_stance_chosen_while_the_coding_is_on_its_way_is_kept(open_stage, hard) -> None:
    """It goes into the log as soon as the coding stands."""
    stage = open_stage()
    stage.view.evaluate("window.slow = 200")
    stage.drag(*hard.points("требуют"))
    for key in ("1", "t"):
        stage.view.keyboard.press(key)
    stage.view.wait_for_timeout(700)
    assert stage.log[-1]["stance"] == "planned"
    assert stage.said == "Stance of Strike: planned"


def test_a_dead_kernel_is_told(open_stage, hard) -> None:
    """No answer: an alert, and the page shows what Python last told; what was typed stays."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1", "m")
    stage.view.evaluate("window.dead = true")
    stage.view.keyboard.type("why")
    stage.press("Control+Enter")
    stage.view.click("[data-key='read-acts']")
    stage.view.wait_for_timeout(3300)
    assert "Python does not answer; nothing was written. Run the cell again" in stage.said
    assert not stage.view.is_checked("[data-key='read-acts']")
    assert stage.view.input_value("[data-key='memo']") == "why"
    assert len(stage.log) == 1
    stage.view.evaluate("window.dead = false")
    stage.view.click("[data-key='read-acts']")
    stage.settle()
    assert not stage.bench.readings.empty
    assert stage.view.inner_text("[role=alert]") == ""


@pytest.mark.parametrize("key", ["t", "f", "m", "n", "p", "2", "ArrowRight", "select"])
def test_moved_ends_are_never_dropped_by_the_way(open_stage, hard, key) -> None:
    """Whatever follows is refused until Enter keeps them or Escape drops them."""
    stage = open_stage()
    stage.drag(*hard.points("Директор"))
    stage.press("2")
    stage.drag(*hard.points("требуют"))
    stage.press("1", "Shift+ArrowRight")
    if key == "select":
        stage.view.select_option("[data-key='stance']", "denied")
        stage.settle()
        assert stage.view.input_value("[data-key='stance']") == "asserted"
        stage.view.focus(".tw-text")
    else:
        stage.press(key)
    assert "Enter keeps them" in stage.said
    assert stage.picked == "требуют зарплаты"
    stage.press("Enter")
    assert (*hard.points("требуют зарплаты"), "strike") in stage.codings


def test_the_code_that_enter_takes_is_the_one_that_is_named(open_stage, hard) -> None:
    """A name goes before a definition that has the words; the row is marked; nothing: nothing."""
    talk = hard.acts.codes[1].model_copy(update={"definition": "Not a silence, not a strike."})
    codes = (talk, *(one for one in hard.acts.codes if one.id != "talks"))
    stage = open_stage(schemes=hard.acts.model_copy(update={"codes": codes}))
    stage.drag(*hard.points("зарплаты"))
    stage.press("/", "Enter")
    assert "Write part" in stage.said
    stage.view.keyboard.type("sil")
    assert stage.said == "2 codes found; Enter applies Silence"
    assert stage.view.inner_text(".tw-taken .tw-label") == "Silence"
    stage.press("Enter")
    assert [code for *_, code in stage.codings] == ["silence"]


def test_a_drag_that_ends_beside_the_text_selects_to_there(open_stage, hard) -> None:
    """Released over the side it does not run to the end of the passage."""
    stage = open_stage()
    start, _ = hard.points("Рабочие")
    stage.view.mouse.move(*stage.place(start))
    stage.view.mouse.down()
    _, y = stage.place(start)
    box = stage.view.locator(".tw-side").bounding_box()
    stage.view.mouse.move(box["x"] + 60, y, steps=5)
    stage.view.mouse.up()
    assert stage.picked == "Рабочие требуют зарплаты. Директор молчит."


def test_the_caret_stands_behind_a_memo(open_stage, hard) -> None:
    """What is typed goes on where the memo ended; undo takes the memo back, not the coding."""
    stage = open_stage()
    stage.drag(*hard.points("требуют"))
    stage.press("1", "m")
    stage.view.keyboard.type("one")
    stage.press("Escape", "m")
    stage.view.keyboard.type(" two")
    stage.view.click("[data-key='undo']")
    stage.settle()
    assert [line.get("memo") for line in stage.log] == [None, "one", "one two", "one"]


def test_badges_tell_codes_apart(open_stage, hard) -> None:
    """Names that begin alike get abbreviations that differ."""
    alike = hard.claims.codes[0].model_copy(update={"id": "water", "label": "Water"})
    claims = hard.claims.model_copy(update={"codes": (*hard.claims.codes, alike)})
    stage = open_stage(schemes=[hard.acts, claims])
    stage.drag(*hard.points("требуют"))
    stage.press("k", "1")
    stage.drag(*hard.points("молчит"))
    stage.press("3")
    badges = stage.view.eval_on_selector_all(
        "[data-badge]", "all => all.map((one) => one.dataset.badge)"
    )
    assert badges == ["Wa", "Wat"]


def test_what_was_done_is_seen_on_a_small_screen(open_stage) -> None:
    """The message stands above the text, and the whole fits beside a notebook's toolbars."""
    stage = open_stage()
    stage.view.set_viewport_size({"width": 1366, "height": 768})
    told, text, whole = (
        stage.view.locator(each).bounding_box() for each in (".tw-told", ".tw-text", ".tw")
    )
    assert told["y"] < text["y"]
    assert whole["height"] < 768 - 100
