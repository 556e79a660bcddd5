"""What a comparison of coders may be called, and which of their readings it takes."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tertium.agreement.adjudication.made_from import made_from
from tertium.agreement.policy import measured_policy
from tertium.bundle import Tables
from tertium.coding.logs.log import as_lines
from tertium.comparison.agreement.agreement import agreement
from tertium.comparison.result import Result

GOOD = {"strike": "a1 a2 b1 c1", "union": "a3"}
KINDS = ("ana", "ben", "eva", "gold", "rule", "reading-1", "reading-2")
LATER = "2026-06-01T10:00:00Z"


def percent(tables: Tables, coders: str, **changes: object) -> Result:
    """Percent agreement over sentences, without intervals."""
    asked = {
        "scheme": "approach", "unit": "sentence", "coefficient": "percent", "replicates": 0,
        "coders": coders, **changes,
    }  # fmt: skip
    return agreement(tables, **asked)


def models(make, one: str | None, other: str | None) -> Tables:
    """Two readings with the versions of their models."""
    facts = {"reading-1": {"coder_version": one}, "reading-2": {"coder_version": other}}
    return make({"reading-1": GOOD, "reading-2": GOOD}, facts=facts)


def read_twice(make, versions: tuple[str, str] = ("1.1.0", "1.1.0")) -> Tables:
    """Ana reads as Ben does, and half a year later otherwise; the log has the versions."""
    first = make({"ana": {"strike": "a1 a2"}, "ben": {"strike": "a1 a2"}})
    facts = {"ana": {"created": LATER}}
    again = make({"ana": {"strike": "a5 a6"}}, facts=facts)
    own = again.codings.assign(coding_id="again-" + again.codings["coding_id"])
    readings = pd.concat([first.readings, again.readings], ignore_index=True)
    is_later = (readings["created"] == LATER).astype(bool)
    written = readings.assign(
        scheme_version=pd.array([versions[int(each)] for each in is_later], "string")
    )
    return replace(
        first,
        codings=pd.concat([first.codings, own], ignore_index=True),
        readings=readings,
        readings_as_written=written,
    )


@pytest.mark.parametrize(
    ("one", "other", "title"),
    [
        (None, None, "Consistency of two readings by one model"),
        ("m 1", "m 1", "Consistency of two readings by one model"),
        ("m 1", "m 2", "Readings by two models beside each other"),
        ("m 1", None, "Readings by two models beside each other"),
    ],
)
def test_readings_are_by_one_model_where_their_lines_say_so(make, one, other, title) -> None:
    """Where none has a version, names that differ by a number at the end are one model's."""
    found = percent(models(make, one, other), "reading-1,reading-2")
    assert found.title.startswith(title)
    assert ("one model" in found.note) == ("one model" in title)
    assert ("several models" in found.frame["concerns"].iloc[0]) != ("one model" in title)
    pairs = percent(models(make, one, other), "reading-1,reading-2", by="pair")
    of = "two readings by one model" if "one model" in title else "two models"
    assert pairs.row_labels["reading-1 – reading-2"] == f"reading-1 – reading-2 ({of})"


def test_the_gold_is_made_from_those_whose_codings_it_decides_on(make) -> None:
    """A rule, or a person whose codings it does not name, only stands beside it."""
    tables = replace(
        make(dict.fromkeys(KINDS, GOOD)),
        made_from={("approach", "gold"): frozenset({"ana", "ben"})},
    )
    for coders, title, is_told in (
        ("ana,ben,gold", "ana and ben beside the gold made from them:", True),
        ("ana,gold", "ana beside the gold made from them:", True),
        ("eva,gold", "eva beside the gold:", False),
        ("rule,gold", "Rules beside the gold:", False),
        ("reading-1,reading-2,gold", "Readings by one model beside the gold:", False),
    ):
        found = percent(tables, coders)
        assert found.title.startswith(title)
        assert ("was made from" in found.frame["concerns"].iloc[0]) == is_told


def test_beside_others_a_coder_who_read_twice_has_her_first_reading(make) -> None:
    """Never the union of both; the table says so."""
    found = percent(read_twice(make), "ana,ben")
    assert found.frame.loc["strike", "percent" if "percent" in found.frame else "value"] == 1
    assert "sources read again: ana 3" in found.frame.loc["strike", "concerns"]
    assert "the first reading is compared" in found.note + " ".join(found.column_notes.values())
    assert "read again" not in percent(read_twice(make), "ana").frame.loc["strike", "concerns"]


def test_her_own_readings_by_two_versions_are_told_and_told_apart(make) -> None:
    """What the log has, not the version in force."""
    tables = read_twice(make, ("1.0.0", "1.1.0"))
    found = percent(tables, "ana")
    assert (
        "versions differ: ana, reading 1 1.0.0; ana, reading 2 1.1.0"
        in (found.frame.loc["strike", "concerns"])
    )
    assert list(percent(tables, "ana", by="scheme_version").frame.index) == ["1.0.0 and 1.1.0"]
    assert "versions" not in percent(read_twice(make), "ana").frame.loc["strike", "concerns"]


def test_a_person_beside_a_model_carries_a_concern_and_has_no_ceiling(make) -> None:
    """The ceiling is the pair of two people, where there is one."""
    tables = make(dict.fromkeys(("ana", "ben", "reading-1", "rule"), GOOD))
    found = percent(tables, "ana,reading-1", by="pair")
    assert "a model beside people" in found.frame["concerns"].iloc[0]
    assert "ceiling" not in found.note
    assert "ceiling" not in percent(tables, "ana,ben", by="pair").note
    assert "ceiling" in percent(tables, "ana,ben,rule", by="pair").note


def test_crossed_keys_make_no_row_without_units(make) -> None:
    """No source has that voice and that language."""
    found = percent(make({"ana": GOOD, "ben": GOOD}), "ana,ben", by="voice,language")
    assert list(found.frame.index) == ["ngo/en", "state_media/zh"]
    assert "more of these groups" not in found.note


def test_chance_by_number_of_categories_takes_it_from_the_scheme(make) -> None:
    """A primary code has one category a code and one for none; sets have no such number."""
    tables = make({"ana": {"strike": "a1 b2"}, "ben": {"strike": "a1 c2"}})
    found = percent(
        tables, "ana,ben", unit="document", coefficient="brennan_prediger,gwet_ac1,percent"
    )
    primary, sets = found.frame.loc["(primary)"], found.frame.loc["(all codes)"]
    # One of three documents alike, of three categories: (1/3 - 1/3) / (1 - 1/3).
    assert primary["brennan_prediger"] == pytest.approx(0)
    # Strike has two thirds of the codings, none the rest: chance is (2/9 + 2/9 + 0) / 2.
    assert primary["gwet_ac1"] == pytest.approx((1 / 3 - 2 / 9) / (7 / 9))
    assert math.isnan(sets["brennan_prediger"])
    assert math.isnan(sets["gwet_ac1"])
    assert sets["percent"] == pytest.approx(1 / 3)
    assert "number of sets that happen to occur" in found.note


def test_sets_of_lone_units_don_t_mislead_the_draw_of_sources(make) -> None:
    """Cohen's kappa numbers the sets of shared units anew; the interval is the same without them."""
    shared = {"strike": "b1 b2 c1", "union": "b5 c6"}
    ben = {"strike": "b1 c1", "union": "b3 c6"}
    asked = {"coefficient": "cohen_kappa", "resample": "sources", "replicates": 50}
    alone = make({"ana": {**shared, "union": "a1 a2 b5 c6", "strike": "a2 b1 b2 c1"}, "ben": ben},
                 read={"ben": "b c"})  # fmt: skip
    both = make({"ana": shared, "ben": ben}, read={"ana": "b c", "ben": "b c"})
    with_lone, without = (percent(each, "ana,ben", **asked).frame for each in (alone, both))
    assert with_lone.loc["(all codes)", "low"] == without.loc["(all codes)", "low"]
    assert not math.isnan(with_lone.loc["(all codes)", "low"])


def test_spans_of_one_code_need_the_readings_for_that_code(make) -> None:
    """(k)u-alpha asks what else stands there, and needs them all."""
    tables = make({"ana": {"strike": "a1 a2 b1"}, "ben": {"strike": "a1 b1"}})
    only = replace(tables, readings=tables.readings.assign(code="strike").convert_dtypes())
    found = percent(only, "ana,ben", coefficient="u_alpha,overlap_f1,cu_alpha")
    assert found.frame.loc["strike", "overlap_f1"] == pytest.approx(0.8)
    assert not math.isnan(found.frame.loc["strike", "u_alpha"])
    assert math.isnan(found.frame.loc["strike", "cu_alpha"])
    assert math.isnan(found.frame.loc["union", "u_alpha"])


def test_notes_on_spans_say_what_is_looked_at_and_how(make) -> None:
    """Gamma and overlap compare spans, not characters; what was chosen stands there."""
    tables = make({"ana": {"strike": "a1 a2"}, "ben": {"strike": "a1"}})
    found = percent(tables, "ana,ben", coefficient="gamma,overlap_f1", threshold=0.9, seed=7)
    assert "gamma (2015) and Overlap F1 compare the spans" in found.note
    assert "every character" not in found.note
    assert "alpha 1, beta 1, 30 chance texts (sampler shuffle_pivot, seed 7)" in found.note
    assert "0.9 or more" in found.note
    assert found.column_labels["units"] == "Spans"
    assert "3 spans" in found.frame.loc["strike", "sentence"]
    assert "because nobody marked a span" in found.frame.loc["union", "sentence"]
    by_voice = percent(tables, "ana,ben", coefficient="u_alpha", by="voice")
    assert list(by_voice.frame.index) == ["ngo", "state_media"]
    assert "(k)u-alpha" in percent(tables, "ana,ben", coefficient="cu_alpha").title


def test_the_policy_takes_first_readings_and_names_who_was_not_blind(make) -> None:
    """As tables of agreement do."""
    tables = read_twice(make)
    asked = {"schemes": tables.schemes.values(), "alpha": 0.667, "tentative": 0.8,
             "strict": False, "unit": "sentence"}  # fmt: skip
    given = (tables.codings, tables.readings, tables.units)
    policy = measured_policy(*given, as_written=tables.readings_as_written, **asked)
    assert policy.measured["approach", "strike"].value == 1
    seen = tables.codings.assign(blind=pd.array([False] * len(tables.codings), "boolean"))
    policy = measured_policy(seen, *given[1:], **asked)
    assert policy.not_blind == {"approach": ("ana", "ben")}
    assert policy.flags([("approach", "strike")])[-1].endswith(": ana; ben.")


def test_makers_of_the_gold_are_found_by_the_codings_that_it_decides_on() -> None:
    """By scheme; ids of logs that are not read name nobody."""
    common = {"source_id": "a", "scheme": "approach", "kind": "coding"}
    lines = as_lines(
        [
            {**common, "id": "1", "coder": "ana"},
            {**common, "id": "2", "coder": "ben"},
            {**common, "id": "3", "coder": "eva"},
            {**common, "id": "4", "coder": "gold", "decides": ["1", "2", "9"]},
        ]
    )
    assert made_from(lines) == {("approach", "gold"): frozenset({"ana", "ben"})}
