"""People and models among a study's coders: whose logs count, for what, and for whom they do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tertium.bundle import Tables
from tertium.coding.logs.lines import coding_line, decision_line, reading_line
from tertium.coding.logs.log import append
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.evidence import evidence
from tertium.comparison.listing import source_list
from tertium.comparison.matrix import framework_matrix
from tertium.comparison.quantities import quantities
from tertium.comparison.result import Result
from tertium.comparison.timeline import timeline
from tertium.comparison.verdicts import verdict_table
from tertium.errors import InputError
from tertium.report.typesetting.front_matter import first_page_notes
from tertium.spans import Span
from tertium.start.skeleton import write_skeleton
from tertium.study import Study, open_study
from tertium.study_check import check_study, study_notes

COMPARISONS: list[Callable[[Tables], Result]] = [
    lambda tables: crosstab(tables),
    lambda tables: crosstab(tables, count="passages"),
    lambda tables: crosstab(tables, rows="approach", columns="claim"),
    lambda tables: framework_matrix(tables),
    lambda tables: evidence(tables, scheme="approach", code="strike"),
    lambda tables: timeline(tables, dates="published"),
    lambda tables: timeline(tables, dates="event"),
    lambda tables: quantities(tables),
    lambda tables: verdict_table(tables),
    lambda tables: verdict_table(tables, which="all"),
    lambda tables: source_list(tables),
]


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    """A study skeleton in an empty folder."""
    write_skeleton(tmp_path / "first")
    return tmp_path / "first" / "data" / "studies" / "first.yml"


def with_coders(study_file: Path, coders: str, deciding: str = "rule") -> Study:
    """Return the study with other coders."""
    lines = [
        f"coders: [{coders}]"
        if line.startswith("coders:")
        else f"deciding_coder: {deciding}"
        if line.startswith("deciding_coder:")
        else line
        for line in study_file.read_text(encoding="utf-8").splitlines()
    ]
    study_file.write_text("\n".join(lines), encoding="utf-8")
    return open_study(study_file)


def log_everything(study: Study, *, coder: str = "ana", **more: Any) -> None:
    """Let a coder read every source and give every code to all of it, to a part and to nothing."""
    lines = []
    for source in study.collection.sources:
        for scheme in study.own_schemes:
            lines.append(reading_line(source, None, scheme, None, coder=coder, **more))
            for number, code in enumerate(scheme.code_ids):
                spans = [None, Span(number, number + 150), Span(40, len(source.text))]
                values = ["undecided" if number % 2 else None, None, None]
                stances = ["asserted", "planned", "denied"]
                for span, value, stance in zip(spans, values, stances, strict=True):
                    made: dict[str, Any] = {"value": value, "stance": stance, **more}
                    lines.append(coding_line(source, span, scheme, code, coder=coder, **made))
    append(study.root / "data" / "codings", lines)


def shown(result: Result) -> tuple[Any, ...]:
    """Return all that a reader sees of a result, and the passages behind it."""
    return (
        result.frame.to_csv(),
        result.title,
        result.note,
        result.support.to_csv(),
        repr(result),
    )


def test_another_coder_changes_no_comparison(study_file: Path) -> None:
    """Comparisons rest on the deciding coder alone, whatever others hold of the same sources."""
    before = open_study(study_file)
    log_everything(before)
    log_everything(before, coder="reading-1", coder_kind="model")
    after = with_coders(study_file, "rule, ana, reading-1")
    assert set(after.tables.codings["coder"]) == {"rule", "ana", "reading-1"}
    for number, comparison in enumerate(COMPARISONS):
        assert shown(comparison(after.tables)) == shown(comparison(before.tables)), number


def test_a_person_may_decide(study_file: Path) -> None:
    """Her verdicts and passages stand behind the comparisons then; the first page names her."""
    study = open_study(study_file)
    source = next(one for one in study.collection.sources if one.id == "example-centre")
    approach = study.own_schemes[0]
    start = source.text.index("went on strike")
    lines = [
        reading_line(source, None, approach, None, coder="ana"),
        coding_line(source, Span(start, start + 14), approach, "strike", coder="ana"),
    ]
    append(study.root / "data" / "codings", lines)
    study = with_coders(study_file, "ana", deciding="ana")
    verdicts = study.tables.verdicts.query("scheme == 'approach' and coder == 'ana'")
    assert dict(zip(verdicts["code"], verdicts["verdict"], strict=True)) == {
        code: "present" if code == "strike" else "absent" for code in approach.code_ids
    }
    result = evidence(study.tables, scheme="approach", code="strike")
    assert result.frame["quote"].tolist() == ["went on strike"]
    assert list(study.tables.codings["coder_kind"]) == ["human"]
    notes = " ".join(first_page_notes(study, shown=[]))
    assert "The verdicts are those of the coder “ana”, a person." in notes
    assert "People who coded: ana." in notes
    assert "No person has coded" not in notes


def test_gold_is_told_as_what_others_settled(study_file: Path) -> None:
    """Who agrees and who decided are named with counts; gold is no person and marks no rules."""
    study = open_study(study_file)
    source = next(one for one in study.collection.sources if one.id == "example-centre")
    approach = study.own_schemes[0]
    start = source.text.index("went on strike")
    by_ana, by_ben = (
        coding_line(source, Span(start, start + length), approach, "strike", coder=coder)
        for coder, length in (("ana", 14), ("ben", 4))
    )
    ids = [by_ana["id"], by_ben["id"]]
    whole = [
        coding_line(source, None, approach, "state_led", coder=coder, value=value)
        for coder, value in (("ana", None), ("ben", "undecided"))
    ]
    differing = [line["id"] for line in whole]
    settled = [
        coding_line(source, Span(start, start + 14), approach, "strike", coder="gold", decides=ids),
        coding_line(
            source,
            None,
            approach,
            "state_led",
            coder="gold",
            value="undecided",
            decides=differing,
            adjudicator="eva",
        ),
        decision_line(
            source,
            None,
            approach,
            "state_led",
            coder="gold",
            verdict="undecided",
            decides=differing,
            memo="Nothing says so.",
            adjudicator="eva",
        ),
    ]
    append(study.root / "data" / "codings", [by_ana, by_ben, *whole, *settled])
    study = with_coders(study_file, "rule, ana, ben, gold", deciding="gold")
    notes = " ".join(first_page_notes(study, shown=[]))
    assert (
        "The verdicts are what ana and ben agree on (1 coding), and what eva settled where they "
        "differ (1 decision)"
    ) in notes
    assert "People who coded: ana and ben." in notes
    table = verdict_table(study.tables, scheme="approach")
    assert "A passage is what the coder marked." in table.note
    assert "indicator" not in table.note
    counted = crosstab(study.tables, rows="approach", columns="voice")
    assert "threshold" not in counted.note


def test_a_models_readings_are_no_persons(study_file: Path) -> None:
    """The first page says that no person has coded, and the tables say that a model has."""
    study = open_study(study_file)
    log_everything(study, coder="reading-1", coder_kind="model", coder_version="2026-11")
    study = with_coders(study_file, "rule, reading-1")
    of_model = study.tables.codings["coder"] == "reading-1"
    assert set(study.tables.codings.loc[of_model, "coder_kind"]) == {"model"}
    assert study.coders["reading-1"] == ("reading-1", "2026-11", "model")
    assert "No person has coded these texts." in " ".join(first_page_notes(study, shown=[]))


def test_an_unknown_coder_is_answered_with_those_there_are(study_file: Path) -> None:
    """Those of the package and those who have a folder among the codings."""
    log_everything(open_study(study_file))
    with pytest.raises(InputError) as caught:
        with_coders(study_file, "rule, eva")
    (fault,) = caught.value.faults
    assert (fault.field, fault.found, fault.remedy) == (
        "coders", "'eva' is no coder and has no folder in data/codings", "write one of: rule, ana",
    )  # fmt: skip


def test_a_log_that_is_not_named_counts_for_nothing(study_file: Path) -> None:
    """What others wrote beside the study, broken lines included, is for the check to tell."""
    study = open_study(study_file)
    log_everything(study)
    log = study.root / "data" / "codings" / "ana" / "example-centre.jsonl"
    log.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    assert set(open_study(study_file).tables.codings["coder"]) == {"rule"}
    assert [fault.line for fault in check_study(open_study(study_file))] == [1]
    with pytest.raises(InputError, match="line 1: it is no JSON object"):
        with_coders(study_file, "rule, ana").tables  # noqa: B018


def test_what_a_crash_cut_short_is_a_note(study_file: Path) -> None:
    """The rest counts; the check passes, and says which line is lost."""
    study = open_study(study_file)
    log_everything(study)
    log = study.root / "data" / "codings" / "ana" / "example-centre.jsonl"
    last = log.read_bytes().count(b"\n") + 1
    with log.open("ab") as file:
        file.write(b'{"blind": null, "co')
    study = with_coders(study_file, "rule, ana")
    assert "ana" in set(study.tables.codings["coder"])
    assert check_study(study) == []
    assert [note for note in study_notes(study) if "unfinished" in note] == [
        f"data/codings/ana/example-centre.jsonl, line {last}: the line is unfinished, so what it "
        "said is lost; do it again; leave the line as it is"
    ]


def test_tables_name_every_line_that_fits_no_text_or_code(study_file: Path) -> None:
    """All of them at once, with file and line; what is on texts that are not read waits."""
    study = open_study(study_file)
    source = study.collection.sources[0]
    approach = study.own_schemes[0]
    line = coding_line(source, None, approach, "strike", coder="ana")
    other = {**line, "id": "1" * 16, "text_sha256": "0" * 64}
    strange = {**line, "id": "2" * 16, "code": "strikes"}
    elsewhere = {**line, "id": "3" * 16, "source_id": "not-read"}
    append(study.root / "data" / "codings", [line, other, strange, elsewhere])
    with pytest.raises(InputError) as caught:
        with_coders(study_file, "rule, ana").tables  # noqa: B018
    assert [(fault.line, fault.field) for fault in caught.value.faults] == [
        (2, "text_sha256"),
        (3, "code"),
    ]
    found = [(fault.line, fault.field) for fault in check_study(open_study(study_file))]
    assert found == [(2, "text_sha256"), (3, "code"), (0, "source_id")]


def test_a_later_version_of_a_scheme_is_a_fault_of_who_names_its_coder(study_file: Path) -> None:
    """Another study may be ahead of this one; what this one counts has to be of its version."""
    study = open_study(study_file)
    source = study.collection.sources[0]
    line = coding_line(source, None, study.own_schemes[0], "strike", coder="ana")
    append(study.root / "data" / "codings", [{**line, "scheme_version": "9.0.0"}])
    assert check_study(open_study(study_file)) == []
    (fault,) = check_study(with_coders(study_file, "rule, ana"))
    assert (fault.line, fault.field) == (1, "scheme_version")
    assert fault.remedy == "take approach@9.0.0 into the study"


def test_codings_stay_with_their_own_text(study_file: Path) -> None:
    """What was coded in one source is found in that source and in no other."""
    study = open_study(study_file)
    source = study.collection.sources[0]
    line = coding_line(source, None, study.own_schemes[0], "strike", coder="ana")
    append(study.root / "data" / "codings", [line])
    tables = with_coders(study_file, "rule, ana").tables
    of_ana = tables.verdicts[tables.verdicts["coder"] == "ana"]
    assert set(of_ana["source_id"]) == {source.id}
