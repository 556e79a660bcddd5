"""A study with a plan of sets: what it reads, what `tertium check` tells of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from tertium.columns import MEMBERSHIPS, names
from tertium.comparison.sets.calibrated.calibrate import calibrated
from tertium.errors import InputError
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study
from tertium.study_check import check_study, study_notes

PLAN = """\
version: 1
plan: help
title: Who is helped?
scope: {kinds: [programme, episode], attribute: scope, in: [help], why: Somebody is helped.}
stated: data/sets/help.csv
outcome: PAID
conditions: [STRIKE, MANY]
sets:
  PAID:
    label: wages were paid
    from: {stated: paid}
    values: {all: 1, none: 0}
    why: "as told [@example_centre]"
  STRIKE:
    label: workers struck
    from: {codings: ["approach:strike"], coder: rule}
    why: one passage is enough
  MANY:
    label: many took part
    from: {fact: number, unit: [couriers, workers]}
    method: crisp
    anchors: {many: 100}
    why: {many: a hundred}
"""
HEADER = "case_id,set,value,reason,source_id,quote,citation,coder,coder_kind,model\n"
ROWS = """\
clinic,scope,help,Advice.,example-centre,"gives free legal advice to dock workers",,ana,human,
joining,scope,help,Coats.,example-federation,gave them rain coats,,ana,human,
clinic,paid,all,Paid.,example-centre,42 workers got their back wages last year,,ana,human,
joining,paid,none,No.,,,"example_federation, end",ana,human,
"""


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    """A study skeleton with a plan of sets and its table."""
    write_skeleton(tmp_path / "first")
    root = tmp_path / "first"
    path = root / "data" / "studies" / "first.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "set_plans: [data/sets/help.yml]\n", encoding="utf-8")
    (root / "data" / "sets").mkdir()
    write(path, PLAN, ROWS)
    return path


def write(study_file: Path, plan: str = PLAN, rows: str = ROWS, header: str = HEADER) -> None:
    """The plan and its table anew."""
    folder = study_file.parents[1] / "sets"
    (folder / "help.yml").write_text(plan, encoding="utf-8")
    (folder / "help.csv").write_text(header + rows, encoding="utf-8")


def told(study_file: Path) -> list[str]:
    """The faults that the check tells, as text."""
    return [str(fault) for fault in check_study(open_study(study_file))]


def test_a_sound_plan_is_read_into_the_tables(study_file: Path) -> None:
    """Plan and values stand in the bundle; a passage has its place in the text."""
    assert told(study_file) == []
    tables = open_study(study_file).tables
    assert list(tables.set_plans) == ["help"]
    assert tables.memberships is not None
    assert list(tables.memberships.columns) == names(MEMBERSHIPS)
    row = tables.memberships.iloc[2]
    text = tables.sources.set_index("source_id").at["example-centre", "text"]
    assert text[row["start"] : row["end"]] == row["quote"]
    assert pd.isna(tables.memberships.iloc[3]["start"])


def test_the_tables_make_memberships(study_file: Path) -> None:
    """Stated words, the rule coder's codings and numbers of facts, side by side."""
    frame = calibrated(open_study(study_file).tables, "help").memberships.frame
    assert frame.loc["clinic"].tolist() == [1, 0, 1]
    assert frame.loc["joining"].tolist() == [0, 1, 0]


def test_a_study_without_plans_has_none(tmp_path: Path) -> None:
    """Nothing changes for a study that makes no set analysis."""
    write_skeleton(tmp_path / "first")
    tables = open_study(tmp_path / "first" / "data" / "studies" / "first.yml").tables
    assert tables.set_plans == {}
    assert tables.memberships is None


@pytest.mark.parametrize(
    ("plan", "rows", "fault"),
    [
        (("approach:strike", "approach:strik"), None, "scheme approach has no code 'strik'"),
        (("approach:strike", "aproach:strike"), None, "the study has no scheme 'aproach'"),
        (("approach:strike", "strike"), None, "'strike' names no code"),
        (("coder: rule", "coder: eva"), None, "'eva' is no coder of the study"),
        (("none: 0}", "nothing: 0}"), None, "does not say what 'none' is, which occurs"),
        (("stated: paid", "stated: pay"), None, "states nothing under 'pay'"),
        (("in: [help]", "in: [helped]"), None, "no case has the word 'helped'"),
        (("data/sets/help.csv", "../help.csv"), None, "leaves the study's folder"),
        (("data/sets/help.csv", "data/sets/no.csv"), None, "there is no file"),
        (("[@example_centre]", "[@nobody]"), None, "the citation @nobody is not in references.bib"),
        (None, ("42 workers got", "43 workers got"), "the nearest passage is"),
        (None, ("42 workers got their back wages last year", "workers"), "write more words"),
        (None, ('"example_federation, end"', '"nobody, end"'), "'nobody' is no key"),
        (None, ("clinic,paid", "clinics,paid"), "'clinics' is not there"),
        (None, ("all,Paid.,example-centre", "all,Paid.,example"), "'example' is not there"),
        (None, ("joining,scope,help", "clinic,scope,help"),
         "nothing is stated of the scope of case 'joining'"),
        (None, ("joining,paid", "joining,payed"), "takes nothing from 'payed'"),
        (None, ("clinic,scope,help,", "clinic,scope,Help,"),
         "line 2, value: 'Help' is neither in nor out of the scope of the plan help"),
        (None, ("example-centre,42 workers got their back wages last year",
                "example-federation,gave them rain coats"),
         "the source example-federation does not tell the case clinic"),
        (("fact: number", "fact: nummer"), None, "no fact of a case in question has the fact"),
        (("fact: number", "fact: number, what: wrokers"), None, "has the what 'wrokers'"),
        (("[couriers, workers]", "persons"), None, "has the unit 'persons'"),
        ((", unit: [couriers, workers]", ""), None,
         "its numbers have different units: couriers (1), workers (1)"),
        (("outcome: PAID", "coder: eva\noutcome: PAID"), None,
         "line 6, coder: 'eva' states nothing in data/sets/help.csv; write one of: ana"),
        (None, ("No.,,,\"example_federation, end\",ana", "No.,,,\"example_federation, end\",ben"),
         "coder: ana and ben state values in data/sets/help.csv"),
        (None, ("example_federation, end", "example_federation, end; nokey, p. 2"),
         "'nokey' is no key of references.bib"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_a_fault(
    study_file: Path,
    plan: tuple[str, str] | None,
    rows: tuple[str, str] | None,
    fault: str,
) -> None:
    """Unknown codes, coders, words, cases, sources, keys and quotes are told, with their file."""
    write(study_file, PLAN.replace(*plan) if plan else PLAN, ROWS.replace(*rows) if rows else ROWS)
    faults = told(study_file)
    assert any(fault in each for each in faults), faults
    assert all(each.startswith(("data/sets/", "help")) for each in faults)


def test_the_tables_are_refused_with_every_fault(study_file: Path) -> None:
    """Two mistakes are told in one error; none of it reaches a comparison."""
    write(study_file, PLAN.replace("approach:strike", "approach:no"), ROWS.replace("42", "43"))
    with pytest.raises(InputError) as caught:
        _ = open_study(study_file).tables
    assert len(caught.value.faults) == 2


def test_words_that_are_no_number_are_a_fault_of_their_row(study_file: Path) -> None:
    """A set calibrated from stated numbers takes digits only."""
    plan = PLAN.replace("values: {all: 1, none: 0}", "method: crisp\n    anchors: {some: 3}")
    write(study_file, plan, ROWS.replace("paid,none", "paid,4"))
    (fault,) = told(study_file)
    assert "line 4, value: 'all' is no number, and PAID is calibrated from numbers" in fault


def test_two_plans_of_one_name_are_refused(study_file: Path) -> None:
    """The name is how a comparison asks for a plan; a path twice is refused as well."""
    folder = study_file.parents[1] / "sets"
    (folder / "more.yml").write_text(PLAN, encoding="utf-8")
    text = study_file.read_text(encoding="utf-8")
    both = "set_plans: [data/sets/help.yml, data/sets/more.yml]"
    study_file.write_text(text.replace("set_plans: [data/sets/help.yml]", both), encoding="utf-8")
    (fault,) = told(study_file)
    assert "'help' is the id of two plans" in fault
    twice = "set_plans: [data/sets/help.yml, data/sets/help.yml]"
    study_file.write_text(text.replace("set_plans: [data/sets/help.yml]", twice), encoding="utf-8")
    with pytest.raises(InputError, match="stands twice"):
        open_study(study_file)


def test_a_plan_that_is_not_there_is_a_fault_of_the_study_file(study_file: Path) -> None:
    """Its line is named."""
    text = study_file.read_text(encoding="utf-8")
    study_file.write_text(text.replace("sets/help.yml", "sets/no.yml"), encoding="utf-8")
    with pytest.raises(InputError, match=r"set_plans: there is no file 'data/sets/no\.yml'"):
        open_study(study_file)


def closed(study_file: Path) -> None:
    """The first source may not be passed on."""
    manifest = study_file.parents[1] / "sources" / "manifest.csv"
    text = manifest.read_text(encoding="utf-8")
    lines = [
        line.replace("CC-BY-4.0", "all rights reserved") if "example-centre" in line else line
        for line in text.splitlines()
    ]
    assert "\n".join(lines) != text.strip()
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_words_of_a_closed_text_are_kept_by_place_and_checksum(study_file: Path) -> None:
    """A quote from it is a fault; place and checksum stand in its place, and are checked."""
    closed(study_file)
    assert sum("may not be passed on" in each for each in told(study_file)) == 2
    text = open_study(study_file).collection.sources[0].text
    quote = "42 workers got their back wages last year"
    start = text.index(quote)
    header = HEADER.replace("model\n", "model,start,end,quote_sha256\n")
    digest = hashlib.sha256(quote.encode()).hexdigest()
    end = start + len(quote)
    rows = "clinic,paid,all,Paid.,example-centre,,,ana,human,,{},{},{}\n"
    scope = 'clinic,scope,help,A.,,,"example_centre, end",ana,human,,,,\n' + (
        'joining,scope,help,A.,,,"example_centre, end",ana,human,,,,\n'
        'joining,paid,none,A.,,,"example_centre, end",ana,human,,,,\n'
    )
    write(study_file, rows=rows.format(start, end, digest) + scope, header=header)
    assert told(study_file) == []
    tables = open_study(study_file).tables
    assert calibrated(tables, "help").evidence("clinic", "PAID")[0]["quote"] == quote
    write(study_file, rows=rows.format(start + 1, end, digest) + scope, header=header)
    (fault,) = told(study_file)
    assert "another checksum" in fault
    assert quote not in fault


def test_notes_tell_of_values_whose_texts_are_not_read(study_file: Path) -> None:
    """Over originals alone nothing of the digests is shown; the note says so."""
    assert not any("stated values quote" in each for each in study_notes(open_study(study_file)))
    notes = study_notes(open_study(study_file, texts="originals"))
    assert any("2 of the sources that stated values quote are not read" in each for each in notes)


def test_a_citation_of_a_table_is_a_use_of_the_entry(study_file: Path) -> None:
    """The note on entries that nothing cites counts plans and their tables as citing."""
    bib = study_file.parents[1] / "references.bib"
    entry = "\n@misc{only_here,\n title = {T},\n langid = {english}\n}\n"
    bib.write_text(bib.read_text(encoding="utf-8") + entry, encoding="utf-8")
    assert any("only_here" in each for each in study_notes(open_study(study_file)))
    write(study_file, rows=ROWS.replace("example_federation, end", "only_here, end"))
    assert not any("only_here" in each for each in study_notes(open_study(study_file)))


def test_two_coders_may_state_the_same_cases(study_file: Path) -> None:
    """Their values contradict nobody; the plan says whose are taken."""
    other = ROWS.replace(",ana,", ",ben,").replace("joining,paid,none", "joining,paid,all")
    plan = PLAN.replace("outcome: PAID", "coder: ana\noutcome: PAID")
    write(study_file, plan, ROWS + other)
    assert told(study_file) == []
    tables = open_study(study_file).tables
    ana, ben = (calibrated(tables, "help", coder=each).raw["PAID"] for each in ("ana", "ben"))
    assert (ana["joining"], ben["joining"]) == ("none", "all")


def test_a_slip_in_the_coder_is_one_fault(study_file: Path) -> None:
    """Nothing is said to be missing that others state, when nobody of the plan's coder's name does."""
    write(study_file, PLAN.replace("outcome: PAID", "coder: eva\noutcome: PAID"))
    assert [each.partition("; ")[0] for each in told(study_file)] == [
        "data/sets/help.yml, line 6, coder: 'eva' states nothing in data/sets/help.csv"
    ]


def test_what_only_others_state_is_told_with_the_coder(study_file: Path) -> None:
    """Where the plan's coder leaves out a set or a scope that others state, the fault names both."""
    rows = ROWS.replace('"example_federation, end",ana', '"example_federation, end",ben')
    rows = rows.replace("last year,,ana", "last year,,ben")
    rows = rows.replace("rain coats,,ana", "rain coats,,ben")
    write(study_file, PLAN.replace("outcome: PAID", "coder: ana\noutcome: PAID"), rows)
    faults = told(study_file)
    assert any(
        "'ana' states nothing under 'paid' in data/sets/help.csv, where ben does" in each
        for each in faults
    ), faults
    assert any(
        "'ana' states nothing of the scope of case 'joining', where ben does" in each
        for each in faults
    ), faults


def test_an_alternative_by_who_puts_no_case_in_scope_is_a_fault(study_file: Path) -> None:
    """Another reading without a case in scope can be compared with nothing."""
    other = "alternatives: [{name: other, coder: ben, why: Read twice.}]\n"
    plan = PLAN.replace("outcome: PAID", "coder: ana\noutcome: PAID") + other
    paid = 'joining,paid,none,No.,,,"example_federation, end",ben,human,\n'
    write(study_file, plan, ROWS + paid)
    assert [each.partition("; ")[0] for each in told(study_file)] == [
        "data/sets/help.yml, line 25, alternatives.1.coder: 'ben' puts no case in scope"
    ]
    scope = 'joining,scope,help,Coats.,,,"example_federation, end",ben,human,\n'
    write(study_file, plan, ROWS + paid + scope)
    assert told(study_file) == []


def test_a_table_without_rows_is_a_fault(study_file: Path) -> None:
    """A header alone states nothing of anything."""
    write(study_file, rows="")
    faults = told(study_file)
    assert any("states nothing under 'paid'; add its rows" in each for each in faults)
    assert any("nothing is stated of the scope of case 'clinic'" in each for each in faults)


def test_a_case_in_scope_without_a_row_is_noted(study_file: Path) -> None:
    """Nobody says why its outcome is not stated; the check names it."""
    lines = [line for line in ROWS.splitlines() if not line.startswith("joining,paid")]
    write(study_file, rows="\n".join(lines) + "\n")
    assert told(study_file) == []
    notes = study_notes(open_study(study_file))
    assert any("cases in scope without a row on paid" in n and "(joining)" in n for n in notes)


def test_a_passage_outside_the_part_that_tells_the_case_is_a_fault(study_file: Path) -> None:
    """Where a part of a source tells a case, its values are shown by that part."""
    links = study_file.parents[1] / "cases" / "sources.csv"
    text = links.read_text(encoding="utf-8")
    lines = ["clinic,example-centre,0,3" if line.startswith("clinic,example-centre") else line
             for line in text.splitlines()]  # fmt: skip
    assert "\n".join(lines) != text.strip()
    links.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert any("outside the part of example-centre that tells the case clinic" in each
               for each in told(study_file))  # fmt: skip


def test_a_key_that_is_missing_is_told_once(study_file: Path) -> None:
    """Two rows that cite it are one fault, with their number; a plan's has its line."""
    rows = ROWS.replace(
        'joining,paid,none,No.,,,"example_federation, end"',
        'joining,paid,none,No.,,,"nokey, end"',
    )
    write(study_file, rows=rows + 'joining,paid,none,No.,,,"nokey, 3",ana,human,\n')
    (fault,) = told(study_file)
    assert "line 5, citation: 'nokey' is no key of references.bib (on 2 lines)" in fault
    write(study_file, PLAN.replace("@example_centre", "@nobody"))
    (fault,) = told(study_file)
    assert "data/sets/help.yml, line 13: the citation @nobody" in fault


def test_a_plan_at_fault_does_not_hide_its_table(study_file: Path) -> None:
    """Both are told at once."""
    write(study_file, PLAN.replace("version: 1", "version: 2"), ROWS.replace("clinic,p", "clinc,p"))
    faults = told(study_file)
    assert any("version" in each for each in faults)
    assert any("'clinc' is not there" in each for each in faults)


def test_a_table_has_one_name(study_file: Path) -> None:
    """Two plans that share it may write its path in two ways."""
    folder = study_file.parents[1] / "sets"
    other = PLAN.replace("plan: help", "plan: more").replace("data/sets/help", "./data/sets/help")
    (folder / "more.yml").write_text(other.replace("{stated: paid}", "{stated: also}"), "utf-8")
    text = study_file.read_text(encoding="utf-8")
    both = "set_plans: [data/sets/help.yml, data/sets/more.yml]"
    study_file.write_text(text.replace("set_plans: [data/sets/help.yml]", both), encoding="utf-8")
    rows = ROWS + ROWS.splitlines()[2].replace(",paid,", ",also,") + "\n"
    write(study_file, rows=rows)
    assert not any("takes nothing from" in each for each in told(study_file))


def test_a_spreadsheet_called_csv_is_no_text(study_file: Path) -> None:
    """One fault in words, and not one for every byte."""
    path = study_file.parents[1] / "sets" / "help.csv"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    (fault,) = told(study_file)
    assert "this is no text" in fault


def test_a_superscript_is_no_place(study_file: Path) -> None:
    """Two is written as 2, wherever it stands."""
    header = HEADER.replace("model\n", "model,start,end,quote_sha256\n")
    rows = "".join(f"{line},,,\n" for line in ROWS.splitlines())
    more = "clinic,paid,all,Paid.,example-centre,,,ana,human,,²,5,abc\n"
    write(study_file, rows=rows + more, header=header)
    assert any("'²' is no position" in each for each in told(study_file))
