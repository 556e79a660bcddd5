"""A scheme's examples run as tests of its indicators."""

from __future__ import annotations

from tertium.coding.check import check_scheme
from tertium.schemes.scheme import Code, Example, Indicator, Scheme, VerdictRule


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
