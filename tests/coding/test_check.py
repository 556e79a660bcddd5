"""A scheme's examples run as tests of its indicators."""

from __future__ import annotations

import pytest

from tertium.coding.check import check_scheme, examine_scheme, usage_notes
from tertium.columns import CODINGS, frame
from tertium.schemes.read import builtin_names, past_schemes, read_scheme
from tertium.schemes.scheme import Code, Example, Indicator, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.study import open_study


def scheme(*examples: Example, weight: float = 0.7, code_id: str = "strike") -> Scheme:
    """A scheme with one code that looks for strikes in English and Chinese."""
    one = Code(
        id=code_id,
        label="Strike",
        definition="D.",
        when_to_use="W.",
        when_not_to_use="N.",
        examples=examples,
        indicators={
            "en": (Indicator(pattern="strike*", exclude="strike a balance", weight=weight),),
            "zh": (Indicator(pattern="罢工", weight=weight),),
        },
    )
    return Scheme(
        name="mini",
        version="1.0.0",
        title="Mini",
        description="For tests.",
        verdict=VerdictRule(text="One passage.", present=0.6, undecided=0.3),
        codes=(one,),
    )


def test_examples_that_come_out_as_they_should_are_no_faults():
    """Those that must be coded are present, the others are not."""
    right = scheme(
        Example(text="A strike began.", coded=True),
        Example(text="They strike a balance.", coded=False),
        Example(text="工人罢工。", language="zh", coded=True),
        Example(text="工人开会。", language="zh", coded=False),
    )
    assert check_scheme(right) == []


def test_an_example_that_must_be_coded_and_is_not_is_a_fault():
    """The fault names code, number, verdict and text."""
    wrong = scheme(
        Example(text="A strike began.", coded=True), Example(text="They met.", coded=True)
    )
    (fault,) = check_scheme(wrong)
    assert str(fault) == (
        "mini.yml, code \"strike\", example 2: read as en it is absent but must be coded: 'They met.'; "
        "change the indicators, the example, or its language"
    )


def test_an_example_that_must_not_be_coded_and_is_is_a_fault():
    """So indicators can't grow beyond what the codebook says."""
    (fault,) = check_scheme(scheme(Example(text="A striker.", coded=False)), file="my/mini.yml")
    assert fault.file == "my/mini.yml"
    assert "is present but must not be coded" in fault.found


def test_undecided_is_not_coded():
    """A passage of middling weight satisfies only an example that must not be coded."""
    text = "A strike."
    assert check_scheme(scheme(Example(text=text, coded=False), weight=0.4)) == []
    (fault,) = check_scheme(scheme(Example(text=text, coded=True), weight=0.4))
    assert "is undecided but must be coded" in fault.found


def test_an_example_in_a_language_without_indicators_is_not_run():
    """There is nothing yet that could get it right or wrong."""
    assert check_scheme(scheme(Example(text="Забастовка.", language="ru", coded=True))) == []


def test_an_example_may_hold_headings_and_a_table():
    """Examples are Markdown, so that indicators of scope section can be shown at work."""
    section = Scheme.model_validate(
        {
            **scheme().model_dump(),
            "codes": [
                {
                    **scheme().codes[0].model_dump(),
                    "indicators": {"en": [{"pattern": "strikes", "scope": "section"}]},
                    "examples": [
                        {"text": "# T\n## Strikes\nThey left.\n## B\nNo.", "coded": True},
                        {"text": "# T\n\n## Strikes\n\nThey left.\n\n## B\n\nNo.", "coded": True},
                        {"text": "| | Strikes |\n|---|---|\n| a | b |", "coded": True},
                        {"text": "# Strikes\n\nThey left.", "coded": False},
                    ],
                }
            ],
        }
    )
    assert check_scheme(section) == []


def test_every_wrong_example_is_named_at_once():
    """Faults come sorted, with long texts cut short."""
    wrong = scheme(*[Example(text=f"They met {n} " + "x" * 100, coded=True) for n in range(3)])
    faults = check_scheme(wrong)
    assert [fault.field[-1] for fault in faults] == ["1", "2", "3"]
    assert faults == sorted(faults)
    assert max(len(fault.found) for fault in faults) < 130


def changed(one: Scheme, *codes: dict[str, object]) -> Scheme:
    """The scheme with a code for each mapping: the first code, with other keys."""
    first = one.codes[0].model_dump()
    listed = [{**first, "id": f"code{number}", **said} for number, said in enumerate(codes)]
    return Scheme.model_validate({**one.model_dump(), "codes": listed})


def test_a_counter_example_names_the_indicator_that_matches_it():
    """So one knows what to mend."""
    (fault,) = check_scheme(scheme(Example(text="A striker.", coded=False)))
    assert fault.found.endswith("'A striker.' (strike* fires)")


def test_a_weak_match_of_a_counter_example_is_a_note():
    """It is legal, for undecided is not coded."""
    faults, notes = examine_scheme(scheme(Example(text="A striker.", coded=False), weight=0.4))
    assert faults == []
    assert "a counter-example is undecided (strike* fires): 'A striker.'" in notes[0]


TEXT = "They strike a balance.\nThe cooks\nstruck a strike. All ate."


@pytest.mark.parametrize(
    ("text", "coded", "found"),
    [
        ("The cooks struck a strike.", True, ""),
        ("They strike a balance.", False, ""),
        ("All ate.", True, "in harbour from 50 to 58 'All ate.' is not coded"),
        ("cooks struck", False, "is coded (strike* fires) but must not be"),
        ("The cooks slept.", True, "harbour does not say 'The cooks slept.'"),
    ],
)
def test_an_example_may_be_a_passage_of_a_source(text: str, coded: bool, found: str):
    """It stands there word for word, line ends apart, and is judged in its place."""
    source = Source("harbour", TEXT, language="en")
    anchored = scheme(Example(text=text, coded=coded, source="harbour"))
    faults = check_scheme(anchored, sources=[source])
    assert [found in fault.found for fault in faults] == ([True] if found else [])


def test_a_passage_has_the_language_of_its_source():
    """An example that says otherwise is a fault."""
    source = Source("harbour", "工人罢工。", language="zh-Hans")
    (fault,) = check_scheme(
        scheme(Example(text="工人罢工", coded=True, source="harbour")), sources=[source]
    )
    assert fault.remedy == "write language: zh"


def test_a_passage_of_a_source_that_is_not_at_hand_is_noted():
    """A study may read other texts than the scheme's author did."""
    faults, notes = examine_scheme(scheme(Example(text="T", coded=True, source="elsewhere")))
    assert faults == []
    assert (
        "mini: 1 example is a passage of sources that are not read here (elsewhere), and not run"
        in notes
    )


def test_the_shipped_passages_stand_in_the_shipped_study(repository):
    """Every anchored example of a shipped scheme is run, and comes out as it should."""
    study = open_study(repository / "data" / "studies" / "labour-organising.yml")
    anchored = 0
    for name in builtin_names():
        shipped = read_scheme(name)
        anchored += sum(one.source is not None for code in shipped.codes for one in code.examples)
        faults, notes = examine_scheme(
            shipped, past=past_schemes(name), sources=study.collection.sources
        )
        assert faults == []
        assert not any("and not run" in note for note in notes)
    assert anchored >= 10


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"label": " strike"}, "have the same label"),
        ({"definition": "d"}, "have the same definition"),
        ({}, "have the same indicators, so no text can tell them apart"),
    ],
)
def test_codes_that_say_the_same_are_faults(said: dict[str, str], found: str):
    """Label and definition are compared without case, white space and full stop."""
    other = {"label": "Other", "definition": "Something else.", **said}
    if said:
        other["indicators"] = {"en": [{"pattern": "walkout"}]}
    faults = check_scheme(changed(scheme(), {}, other))
    assert [fault.found for fault in faults] == [found]
    assert faults[0].field == 'codes "code0" and "code1"'


def test_an_indicator_that_stands_twice_in_a_code_is_a_fault():
    """One that differs by its weight alone, or stands in two codes, is a note."""
    twice = [{"pattern": "x"}, {"pattern": "x"}]
    (fault,) = check_scheme(changed(scheme(), {"indicators": {"en": twice}}))
    assert fault.found == "numbers 1 and 2 are the same (x)"
    heavier = [{"pattern": "x"}, {"pattern": "x", "weight": 0.9}]
    other = {"label": "O", "definition": "O.", "indicators": {"en": [{"pattern": "x"}, "y"]}}
    other["indicators"] = {"en": [{"pattern": "y"}, {"pattern": "x"}]}
    faults, notes = examine_scheme(changed(scheme(), {"indicators": {"en": heavier}}, other))
    assert faults == []
    assert "mini, en: x is looked for in code0, numbers 1 and 2" in notes
    assert "mini, en: x is looked for in code0 (1) and code1 (2)" in notes


def test_definitions_that_are_nearly_the_same_are_noted():
    """A person decides whether they part two things."""
    long = "Workers lay down their tools for a day or more in order to press a demand"
    other = {"label": "O", "definition": long + "s.", "indicators": {}}
    _, notes = examine_scheme(changed(scheme(), {"definition": long}, other))
    assert "mini: the definitions of code0 and code1 are nearly the same" in notes


def test_missing_translations_are_noted():
    """Languages of the scheme without indicators, or without an example of either kind."""
    given = scheme(
        Example(text="A strike.", coded=True),
        Example(text="Bread.", coded=False),
        Example(text="罢工。", language="zh", coded=True),
    )
    _, notes = examine_scheme(given.model_copy(update={"languages": ("en", "zh", "ru")}))
    assert notes == [
        "mini: no example not to be coded in zh for strike",
        "mini: no indicators in ru for strike",
    ]


def test_codes_that_are_never_used_or_never_apart_are_noted():
    """Only the codings of the coder that the numbers rest on are looked at."""
    rows = [
        {
            "scheme": "mini",
            "code": code,
            "coder": "rule",
            "source_id": "a",
            "start": n,
            "end": n + 1,
        }
        for n in range(3)
        for code in ("code0", "code1")
    ]
    rows.append({**rows[0], "code": "code2", "coder": "ana"})
    schemes = [changed(scheme(), {}, {}, {})]
    assert usage_notes(frame(rows, CODINGS), schemes, coder="rule") == [
        "mini: never used by rule: code2",
        "mini: code0 and code1 always stand together (3 passages, by rule)",
    ]
    apart = [*rows, {**rows[0], "start": 9, "end": 10}]
    assert len(usage_notes(frame(apart, CODINGS), schemes, coder="rule")) == 1
