"""The model of a scheme: frozen, checked, with a checksum over its content."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule


def _scheme(**changes: object) -> Scheme:
    fields = {
        "name": "mini",
        "version": "1.0.0",
        "title": "Mini",
        "description": "One code.",
        "verdict": VerdictRule(text="One passage is enough.", present=0.6, undecided=0.3),
        "codes": (_code("strike"),),
    }
    return Scheme.model_validate({**fields, **changes})


def _code(code_id: str) -> Code:
    return Code(
        id=code_id,
        label="Strike",
        definition="Workers stop work.",
        when_to_use="A stoppage is told.",
        when_not_to_use="A metaphor.",
    )


def test_the_reference_names_scheme_and_version():
    """A study file refers to a scheme by name and version."""
    assert _scheme().reference == "mini@1.0.0"


def test_codes_keep_their_order():
    """Ties between codes go to the one named first, so their order is kept."""
    assert _scheme(codes=(_code("b"), _code("a"))).code_ids == ("b", "a")


def test_a_code_is_found_by_its_id():
    """A code comes by its id; an unknown id is a `KeyError`."""
    assert _scheme().code("strike").label == "Strike"
    with pytest.raises(KeyError):
        _scheme().code("lockout")


def test_the_checksum_follows_the_content():
    """Equal schemes have equal checksums, and any changed word changes it."""
    assert _scheme().checksum == _scheme().checksum
    assert _scheme().checksum != _scheme(title="Other").checksum
    assert len(_scheme().checksum) == 64


def test_a_scheme_can_not_be_changed():
    """Schemes are frozen: a changed scheme is a new one."""
    with pytest.raises(ValidationError):
        _scheme().title = "Other"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Mini"},
        {"version": "1.0"},
        {"title": "  "},
        {"codes": ()},
        {"languages": ("english",)},
        {"colour": "red"},
    ],
)
def test_what_a_scheme_can_not_be_is_refused(changes: dict[str, object]):
    """Names, versions, empty texts, no codes and unknown keys are refused."""
    with pytest.raises(ValidationError):
        _scheme(**changes)


@pytest.mark.parametrize(
    "fields",
    [
        {"pattern": "strike", "weight": 0},
        {"pattern": "strike", "weight": 1.1},
        {"pattern": "strike", "within": -1},
        {"pattern": "strike", "within": "paragraph"},
        {"pattern": "strike", "stance": "unsure"},
        {"pattern": "strike", "scope": "document"},
        {"pattern": "strike", "nearby": "worker*"},
    ],
)
def test_what_an_indicator_can_not_be_is_refused(fields: dict[str, object]):
    """Weights out of (0, 1], unknown reaches, stances, scopes and keys are refused."""
    with pytest.raises(ValidationError):
        Indicator.model_validate(fields)


def test_one_context_word_may_stand_without_a_list():
    """`near: x` means `near: [x]`, and so for the other places."""
    one = Indicator(pattern="strike", near="worker*", unless="air")
    assert one.near == ("worker*",)
    assert one.unless == ("air",)


def test_references_name_every_pattern_of_an_indicator():
    """What an indicator refers to is found in whichever place it stands."""
    one = Indicator(
        pattern="strike", near="@workers", require="@place", unless="air", exclude="strike a deal"
    )
    assert set(one.references) == {"strike", "@workers", "@place", "air", "strike a deal"}


def test_a_regex_names_its_indicator():
    """An indicator without a pattern is called by its regular expression."""
    assert Indicator(regex="str[iu]k").name.startswith("regex:")
