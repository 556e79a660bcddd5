"""Agreement as a result: its numbers, the passages behind them, and what it may be called."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.reliability import reliability_table
from tertium.bundle import Tables
from tertium.columns import READINGS, STALE, frame
from tertium.comparison.agreement.agreement import agreement
from tertium.comparison.agreement.measures import MEASURES
from tertium.comparison.result import Result
from tertium.errors import UnknownNameError
from tertium.report.figures import figure
from tertium.report.tables import table


def alpha(tables: Tables, **changes: object) -> Result:
    """Alpha of Ana and Ben over sentences, with few resamples."""
    asked = {
        "scheme": "approach", "unit": "sentence", "coders": "ana,ben",
        "coefficient": "krippendorff_alpha", "replicates": 100, **changes,
    }  # fmt: skip
    return agreement(tables, **asked)


def test_each_code_has_its_coefficient_and_all_codes_together(two_people: Tables) -> None:
    """The number is that of the coefficient on the reliability table, and nothing else."""
    found = alpha(two_people)
    assert list(found.frame.index) == ["union", "strike", "(all codes)"]
    coded = reliability_table(
        two_people.codings, two_people.readings, two_people.units,
        scheme=two_people.schemes["approach"], code="strike", unit="sentence",
        coders=["ana", "ben"],
    )  # fmt: skip
    own = krippendorff_alpha(coded, level="nominal")
    row = found.frame.loc["strike"]
    assert row["value"] == own.value
    assert (row["observed"], row["expected"]) == (own.observed, own.expected)
    assert (row["units"], row["disagreed"], row["agreed"]) == (30, 2, 3)
    assert row["low"] <= row["value"] <= row["high"]
    assert found.frame.loc["union", "value"] == 1
    assert found.row_labels["strike"] == "Strikes"


def test_counts_lead_to_the_passages_on_which_coders_differ(two_people: Tables) -> None:
    """Who gave the code is named; who did not has read the passage."""
    found = alpha(two_people)
    differ = found.evidence("strike", "disagreed")
    assert list(zip(differ["quote"], differ["coder"], strict=True)) == [
        ("Sentence a4 says it.", "ana"),
        ("Sentence b1 says it.", "ben"),
    ]
    assert list(differ["coding_ids"]) == [("ana-strike-a4",), ("ben-strike-b1",)]
    same = found.evidence("strike", "agreed")
    assert set(same["coder"]) == {"ana; ben"}
    assert len(same) == 3
    assert found.evidence("strike", "value").empty


def test_a_document_is_proved_by_its_codings(make) -> None:
    """Not by its whole text."""
    tables = make({"ana": {"strike": "a1 a2"}, "ben": {"strike": ""}})
    found = alpha(tables, unit="document").evidence("strike", "disagreed")
    assert list(found["quote"]) == ["Sentence a1 says it. ", "Sentence a2 says it. "]


def test_documents_have_a_primary_code(make) -> None:
    """One code a document, the one with most characters; those without any have none."""
    codings = {
        "ana": {"strike": "a1 a2 b1", "union": "a3"},
        "ben": {"strike": "a1 b1", "union": "a3 a4"},
    }
    found = alpha(make(codings), unit="document", coefficient="percent,u_alpha")
    row = found.frame.loc["(primary)"]
    assert found.row_labels["(primary)"] == "Primary code"
    assert (row["percent"], row["units"], row["disagreed"], row["agreed"]) == (2 / 3, 3, 1, 1)
    assert row["prevalence"] == pytest.approx(4 / 6)
    assert math.isnan(row["u_alpha"])
    differ = found.evidence("(primary)", "disagreed")
    assert set(differ["code"]) == {"strike", "union"}


def test_what_has_no_value_says_why(make) -> None:
    """Never a made-up 1, never a bare NaN."""
    tables = make({"ana": {"strike": ""}, "ben": {"strike": ""}})
    found = alpha(tables)
    assert found.frame["value"].isna().all()
    assert found.cell_text(0, list(found.frame.columns).index("value")) == "not defined"
    because = "Unions, Strikes, All codes: not defined, because every coding used the same value"
    assert because in found.note
    assert because in found.brief_note
    assert "not defined, because" in found.frame["sentence"].iloc[0]
    assert "not defined" in repr(table(found, name="x"))


def test_units_that_one_coder_read_are_set_aside_and_counted(make) -> None:
    """Missing is not no."""
    tables = make({"ana": {"strike": "a1 b1"}, "ben": {"strike": "a1"}}, read={"ben": "a"})
    row = alpha(tables).frame.loc["strike"]
    assert (row["units"], row["disagreed"]) == (10, 0)
    assert row["set_aside"] == "20 coded by one coder only"
    assert "10 units" in row["concerns"]


def test_every_coefficient_can_be_asked_for_and_several_stand_side_by_side(make) -> None:
    """Each name gives a column of its own; overlapping spans leave some undefined, with a reason."""
    tables = make(
        {
            "ana": {"strike": "a1 a2 a3 a4 c1", "union": "a1 c2"},
            "ben": {"strike": "a1 a2 a3 b1 c1", "union": "a1 c2"},
        }
    )
    found = alpha(tables, coefficient=list(MEASURES), replicates=20)
    assert list(found.frame.columns)[: len(MEASURES)] == list(MEASURES)
    strike = found.frame.loc["strike", list(MEASURES)].astype(float)
    assert strike.drop("cu_alpha").notna().all()
    assert strike["percent"] == pytest.approx(28 / 30)
    place = list(found.frame.columns).index("u_alpha")
    assert found.cell_text(2, place) == "not defined"
    assert "of All codes: not defined, because passages of one coder overlap there." in found.note
    assert "gamma," not in found.note
    assert "Overlap F1" in found.note


def test_coefficients_for_two_say_so_where_coders_are_three(make) -> None:
    """A row without meaning does not take the table with it."""
    tables = make({name: {"strike": "a1 a2"} for name in ("ana", "ben", "eva")})
    found = alpha(tables, coders="ana,ben,eva", coefficient="cohen_kappa,fleiss_kappa")
    assert math.isnan(found.frame.loc["strike", "cohen_kappa"])
    assert found.frame.loc["strike", "fleiss_kappa"] == 1


def test_groups_are_crossed_in_the_order_asked(two_people: Tables) -> None:
    """Without the code among the keys, each unit's set of codes is compared."""
    by_voice = alpha(two_people, by="voice")
    assert list(by_voice.frame.index) == ["ngo", "state_media"]
    assert list(by_voice.frame["disagreed"]) == [2, 0]
    crossed = alpha(two_people, by="code,language")
    assert list(crossed.frame.index)[:4] == ["union/en", "union/zh", "strike/en", "strike/zh"]
    assert crossed.row_groups["strike/en"] == "Strikes"
    assert crossed.row_labels["strike/en"] == "en"


def test_pairs_hold_a_machine_beside_what_people_reach(make) -> None:
    """Two people are the ceiling for a machine."""
    tables = make(
        {
            "ana": {"strike": "a1 a2 a3"}, "ben": {"strike": "a1 a2 b1"},
            "rule": {"strike": "a1 c1 c2"},
        }
    )  # fmt: skip
    found = alpha(tables, coders="ana,ben,rule", by="pair")
    assert list(found.frame.index) == ["ana – ben", "ana – rule", "ben – rule"]
    assert found.row_labels["ana – ben"] == "ana – ben (two people)"
    assert found.row_labels["ana – rule"] == "ana – rule (machine and person)"
    assert found.title.startswith("People beside machines: ana, ben and rule")
    assert "ceiling" in found.note
    assert "No person" not in found.note


def test_drift_is_told_by_the_time_of_the_last_reading(make) -> None:
    """Sources in thirds; what is not dated stands apart."""
    tables = make({"ana": {"strike": "a1 b1 c1"}, "ben": {"strike": "a1 b1 c2"}})
    days = {"a": "2026-01-01T00:00:00Z", "b": "2026-02-01T00:00:00Z", "c": "2026-03-01T00:00:00Z"}
    readings = tables.readings.assign(
        created=tables.readings["source_id"].map(days).astype("string")
    )
    dated = replace(tables, readings=readings)
    found = alpha(dated, by="period")
    assert list(found.frame.index) == ["first third", "second third", "last third"]
    assert list(found.frame["disagreed"]) == [0, 0, 2]
    assert list(alpha(dated, by="month").frame.index) == ["2026-01", "2026-02", "2026-03"]


def test_readings_brought_in_together_are_not_dated(make) -> None:
    """One time for all says when a file was read in, not when a text was."""
    tables = make({"ana": {"strike": "a1 b1 c1"}, "ben": {"strike": "a1 b1 c2"}})
    for by in ("period", "month"):
        assert list(alpha(tables, by=by).frame.index) == ["not dated"]


def test_thirds_keep_sources_of_one_time_together_and_count_only_what_is_counted(make) -> None:
    """No tie is split by an id, and a translation makes no third its own."""
    codings = {"ana": {"strike": "a1 b1 c1"}, "ben": {"strike": "a1 b1 c2"}}
    days = {"a": "2026-01-01T00:00:00Z", "b": "2026-01-01T00:00:00Z", "c": "2026-03-01T00:00:00Z"}

    def dated(tables: Tables) -> Tables:
        at = tables.readings["source_id"].map(days).astype("string")
        return replace(tables, readings=tables.readings.assign(created=at))

    found = alpha(dated(make(codings)), by="period")
    assert list(found.frame["units"]) == [20, 10]
    translated = make(codings, extra={"a": {"translation_of": "b"}})
    found = alpha(dated(translated), by="period")
    assert list(found.frame.index) == ["first third", "last third"]
    assert list(found.frame["units"]) == [10, 10]


def test_perfect_agreement_on_very_little_has_no_interval(two_people: Tables) -> None:
    """1.00 to 1.00 would be a certainty that three sources can't give."""
    found = alpha(two_people)
    row = found.frame.loc["union"]
    assert row["value"] == 1
    assert math.isnan(row["low"])
    assert found.cell_text(0, 0) == "1.00 (too\u00a0few)"
    assert "too few to say how sure" in found.note
    assert "too few to say how sure" in found.brief_note


def test_a_table_says_only_what_concerns_its_columns(make) -> None:
    """What holds of every row stands in the note; a column left without words is left out."""
    tables = make({"reading-1": {"strike": "a1 a2"}, "reading-2": {"strike": "a1 a3"}})
    found = alpha(tables, coders="reading-1,reading-2", by="voice,code")
    shown = table(found, name="x", columns=["value", "disagreed"]).content
    assert "Differ:" in shown["note"]
    assert "Same code:" not in shown["note"]
    assert "Prevalence:" not in shown["note"]
    by_code = alpha(tables, coders="reading-1,reading-2", coefficient="percent", replicates=0)
    shown = table(by_code, name="x", columns=["value", "concerns"]).content
    assert "In every row: 3 sources" in shown["note"]
    assert [column["name"] for column in shown["columns"]] == ["code", "value"] or all(
        "3 sources" not in row[-1]["text"] for row in shown["rows"]
    )
    pair = alpha(tables, coders="reading-1,reading-2", by="pair", replicates=0)
    assert "All codes" not in pair.note
    assert "Compared: each sentence's set of codes, alpha with the MASI distance" in pair.note


def test_a_later_table_has_a_short_note(two_people: Tables) -> None:
    """Whose, on what; the rules stand below the first."""
    found = alpha(two_people)
    short = table(found, name="x", brief=True).content["note"]
    assert "Coders: ana, ben (people); scheme approach@1.1.0; unit: sentence." in short
    assert "one of its words" not in short
    assert len(short) < len(table(found, name="x").content["note"]) / 2


def test_titles_tell_tables_apart(make) -> None:
    """By what, over what, with which coefficient; rules among readings are named in front."""
    codings = {name: {"strike": "a1 a2"} for name in ("reading-1", "reading-2", "rule")}
    tables = make(codings)
    readings = alpha(tables, coders="reading-1,reading-2", coefficient="percent,holsti")
    assert readings.title == (
        "Consistency of two readings by one model: approaches, by code, over sentences: "
        "two coefficients"
    )
    pairs = alpha(tables, coders="reading-1,reading-2,rule", by="pair", unit="document")
    assert pairs.title == (
        "Readings and rules beside each other: approaches, by pair of coders, over documents: "
        "Krippendorff's alpha"
    )


def test_translations_are_no_evidence_by_language(make) -> None:
    """Each was read beside its original."""
    codings = {"ana": {"strike": "a1 b1"}, "ben": {"strike": "a1 b1"}}
    tables = make(codings, extra={"b": {"translation_of": "a"}})
    assert "no evidence by language" in alpha(tables, by="language", which="all").note
    assert "no evidence by language" not in alpha(tables, by="language").note


def test_coefficients_side_by_side_draw_the_same(two_people: Tables) -> None:
    """Whole sources, as those for spans do."""
    found = alpha(two_people, coefficient="percent,u_alpha")
    assert "bootstrap over sources, 100" in found.note
    assert " or " not in found.note.split("Intervals:")[1].split(".")[0]


def test_versions_are_those_that_the_coders_had_before_them(two_people: Tables) -> None:
    """Not the one in force, under which the tables have all readings."""
    written = two_people.readings.copy()
    written.loc[written["source_id"] == "a", "scheme_version"] = "1.0.0"
    ben_b = (written["source_id"] == "b") & (written["coder"] == "ben")
    written.loc[ben_b, "scheme_version"] = "1.0.0"
    found = alpha(replace(two_people, readings_as_written=written), by="scheme_version")
    assert list(found.frame.index) == ["1.0.0", "1.0.0 and 1.1.0", "1.1.0"]
    assert "versions differ" in found.frame["concerns"].iloc[0]


def test_one_coder_is_held_against_her_own_later_reading(make) -> None:
    """A reading closes what was coded before it."""
    tables = make({"ana": {"strike": "a1 a2"}})
    again = make({"ana": {"strike": "a1 a3"}})
    later = {"created": "2026-06-01T10:00:00Z"}
    twice = replace(
        tables,
        codings=pd.concat([tables.codings, again.codings.assign(**later)], ignore_index=True),
        readings=pd.concat(
            [tables.readings, again.readings[again.readings["source_id"] == "a"].assign(**later)],
            ignore_index=True,
        ).astype(tables.readings.dtypes),
    )
    found = alpha(twice, coders="ana")
    assert found.title.startswith("Consistency of ana's readings of the same texts")
    assert list(found.frame.loc["strike", ["units", "disagreed", "agreed"]]) == [10, 2, 1]
    with pytest.raises(UnknownNameError, match="has read no source twice"):
        alpha(tables, coders="ana")


def test_readings_by_one_model_are_never_called_agreement(make) -> None:
    """Title, sentence and concern, in every view of them."""
    tables = make({"reading-1": {"strike": "a1 a2"}, "reading-2": {"strike": "a1 a3"}})
    for by in ("code", "voice", "pair"):
        found = alpha(tables, coders="reading-1,reading-2", by=by)
        assert found.title.startswith("Consistency of two readings by one model")
        assert found.note.startswith("No person has coded these texts.")
        assert "agreement" not in found.title.lower()
        assert "readings by one model" in found.frame["concerns"].iloc[0]
    people = make({"ana": {"strike": "a1"}, "reading-1": {}, "reading-2": {}})
    found = alpha(people, coders="reading-1,reading-2")
    assert found.note.startswith("No person's coding is among these.")


def test_what_was_settled_is_no_further_reading(make) -> None:
    """The gold follows those that it was made from; that is no agreement of three."""
    codings = {name: {"strike": "a1 a2"} for name in ("ana", "ben", "gold")}
    makers = {("approach", "gold"): frozenset({"ana", "ben"})}
    tables = replace(make(codings), made_from=makers)
    found = alpha(tables, coders="ana,ben,gold", by="pair")
    assert found.title.startswith("ana and ben beside the gold made from them")
    assert found.row_labels["ana – gold"] == "ana – gold (person and what was settled)"
    assert "gold was made from such readings" in found.frame.loc["ana – gold", "concerns"]


def test_a_text_is_counted_once(make) -> None:
    """What was read again in a translation is no second text, unless it is asked for."""
    tables = make(
        {"ana": {"strike": "a1 b1"}, "ben": {"strike": "a1 b1"}},
        extra={"b": {"translation_of": "a"}},
    )
    assert alpha(tables).frame.loc["strike", "units"] == 20
    assert alpha(tables, which="all").frame.loc["strike", "units"] == 30


def test_the_bootstrap_is_seeded_and_can_draw_whole_sources(two_people: Tables) -> None:
    """The same seed gives the same interval; the note names what was drawn."""
    one = alpha(two_people)
    assert one.frame.equals(alpha(two_people).frame)
    by_source = alpha(two_people, resample="sources")
    assert "bootstrap over sources" in by_source.note
    assert list(by_source.frame["low"]) != list(one.frame["low"])
    bare = alpha(two_people, replicates=0)
    assert bare.frame["low"].isna().all()
    assert one.again(two_people, seed=2).params["seed"] == 2


def test_stale_codings_are_told(two_people: Tables) -> None:
    """By code as it is called now, of these coders."""
    rows = [{"coder": "ana", "scheme": "approach", "code": "strike", "coding_id": "x"}] * 2
    rows = [{**row, "code": "walkout", "codes_now": ("strike",)} for row in rows]
    rows.append({"coder": "eva", "scheme": "approach", "code": "strike", "coding_id": "y"})
    rows[-1]["codes_now"] = ("strike",)
    found = alpha(replace(two_people, stale=frame(rows, STALE)))
    assert "2 stale" in found.frame.loc["strike", "concerns"]
    assert "stale" not in found.frame.loc["union", "concerns"]


def test_names_that_are_not_there_are_refused_with_those_that_are(two_people: Tables) -> None:
    """Scheme, coder, coefficient, grouping, unit."""
    for change, there in (
        ({"scheme": "other"}, "approach"),
        ({"coders": "ana,eva"}, "ana, ben"),
        ({"coders": "ana,ana"}, "named twice"),
        ({"coders": ""}, "name the coders"),
        ({"coefficient": "omega"}, "krippendorff_alpha"),
        ({"by": "colour"}, "voice"),
        ({"unit": "page"}, "sentence"),
        ({"distance": "far"}, "masi"),
        ({"resample": "coders"}, "sources"),
        ({"which": "some"}, "counted"),
    ):
        with pytest.raises(UnknownNameError, match=there):
            alpha(two_people, **change)


def test_order_of_rows_and_names_of_coders_change_nothing(two_people: Tables) -> None:
    """Shuffled tables give the same numbers, and so do renamed coders."""
    shuffled = replace(
        two_people,
        codings=two_people.codings.iloc[::-1].reset_index(drop=True),
        readings=two_people.readings.iloc[::-1].reset_index(drop=True),
        units=two_people.units.iloc[::-1].reset_index(drop=True),
    )
    one = alpha(two_people).frame
    assert alpha(shuffled).frame.equals(one)
    turned = alpha(two_people, coders="ben,ana").frame
    assert turned["value"].equals(one["value"])


def test_a_figure_shows_a_dot_and_a_line_a_row(two_people: Tables) -> None:
    """And says the same in words."""
    found = alpha(two_people)
    drawn = figure(found, name="agreement")
    (axes,) = drawn.figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "Unions",
        "Strikes",
        "All codes",
    ]
    assert [text.get_text() for text in axes.texts] == ["1.00", "0.72", "0.81"]
    assert "Strikes 0.72" in drawn.content["alt"]
    with pytest.raises(UnknownNameError, match="one coefficient"):
        figure(alpha(two_people, coefficient="percent,holsti"), name="agreement", kind="intervals")


def test_no_reading_at_all_is_no_traceback(make) -> None:
    """Who coded without a reading has said yes and nothing else."""
    tables = make({"ana": {"strike": "a1"}, "ben": {"strike": "a1"}})
    found = alpha(replace(tables, readings=frame([], READINGS)))
    assert found.frame.loc["strike", "units"] == 1
    assert "coded without a reading: ana 1, ben 1" in found.frame.loc["strike", "concerns"]
