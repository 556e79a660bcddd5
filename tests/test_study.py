"""The study file: what it may say, what is refused, and the tables it leads to."""

from __future__ import annotations

import contextlib
import csv
from pathlib import Path

import pytest

from tertium.bundle import Sampling
from tertium.coding.logs.lines import coding_line, written
from tertium.coding.logs.log import append
from tertium.errors import InputError, UnknownNameError
from tertium.spans import Span
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study
from tertium.study_check import check_study, study_notes


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    """A study skeleton in an empty folder."""
    write_skeleton(tmp_path / "first")
    return tmp_path / "first" / "data" / "studies" / "first.yml"


def changed(path: Path, old: str, new: str) -> Path:
    """The same file with one thing replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a table anew."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def edit_manifest(study_file: Path, cells: dict[str, dict[str, str]]) -> None:
    """Change cells of the manifest, by id and column."""
    manifest = study_file.parents[1] / "sources" / "manifest.csv"
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    write_rows(manifest, [{**row, **cells.get(row["id"], {})} for row in rows])


def test_shipped_study_opens_by_name_from_any_folder_below(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A notebook finds its study by name, from its own folder."""
    monkeypatch.chdir(repository / "notebooks")
    assert open_study("labour-organising").root == repository


def test_unknown_name_lists_what_there_is(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong name is answered with the right ones."""
    monkeypatch.chdir(repository)
    with pytest.raises(UnknownNameError, match="labour-organising"):
        open_study("labor-organizing")


def test_unknown_keys_are_refused_with_their_line(study_file: Path) -> None:
    """A key that no version knows is a fault, not ignored."""
    changed(study_file, "coders: [rule]", "coder: [rule]")
    with pytest.raises(InputError) as caught:
        open_study(study_file)
    assert [(fault.line, fault.found) for fault in caught.value.faults] == [(8, "is no key here")]


def test_all_faults_are_named_at_once(study_file: Path) -> None:
    """Three mistakes give three faults in one error, sorted by line."""
    changed(study_file, "tier@1.0.0", "teir@1.0.0")
    changed(study_file, "deciding_coder: rule", "deciding_coder: ana")
    changed(study_file, "notebooks/01-sources.ipynb", "../01-sources.ipynb")
    with pytest.raises(InputError) as caught:
        open_study(study_file)
    fields = [fault.field for fault in caught.value.faults]
    assert fields == ["schemes", "deciding_coder", "notebooks"]
    assert "leaves the study's folder" in str(caught.value)


def test_thresholds_of_the_study_replace_the_schemes_own(study_file: Path) -> None:
    """A stricter threshold turns verdicts from present to undecided."""
    before = open_study(study_file).tables.verdicts
    changed(
        study_file,
        "coders: [rule]",
        "coders: [rule]\nthresholds:\n  approach: {present: 0.999, undecided: 0.1}",
    )
    after = open_study(study_file).tables.verdicts
    of_approach = before["scheme"] == "approach"
    assert (before.loc[of_approach, "verdict"] == "present").sum() > 0
    assert (after.loc[of_approach, "verdict"] == "undecided").sum() > 0
    assert before.loc[~of_approach].equals(after.loc[~of_approach])


def test_tables_have_the_columns_that_columns_py_names(study_file: Path) -> None:
    """Every table of the bundle has its columns, in order."""
    from tertium import columns

    tables = open_study(study_file).tables
    assert list(tables.sources.columns) == columns.names(columns.SOURCES)
    assert list(tables.units.columns) == columns.names(columns.UNITS)
    assert list(tables.zones.columns) == columns.names(columns.ZONE_COLUMNS)
    assert list(tables.codings.columns) == columns.names(columns.CODINGS)
    assert list(tables.readings.columns) == columns.names(columns.READINGS)
    assert list(tables.verdicts.columns) == columns.names(columns.VERDICTS)
    assert list(tables.cases.columns) == columns.names(columns.CASES)


def test_changed_text_is_refused(study_file: Path) -> None:
    """A digest that was edited after the manifest was written stops the study."""
    digest = study_file.parents[1] / "sources" / "digests" / "example-centre.md"
    digest.write_text(digest.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    with pytest.raises(InputError, match="example-centre"):
        open_study(study_file).tables  # noqa: B018


def test_check_finds_a_dead_citation_key(study_file: Path) -> None:
    """A citation key without an entry in the bibliography is named with its source."""
    manifest = study_file.parents[1] / "sources" / "manifest.csv"
    changed(manifest, "example_centre", "exmaple_centre")
    faults = check_study(open_study(study_file))
    assert [fault.field for fault in faults] == ["citation_key"]
    assert "exmaple_centre" in faults[0].found


def test_check_finds_a_case_without_source(study_file: Path) -> None:
    """A case that no source tells is named, and so is a link to a source that is not there."""
    changed(
        study_file.parents[1] / "cases" / "sources.csv", "joining,example-federation", "joining,x"
    )
    changed(study_file.parents[1] / "cases" / "sources.csv", "clinic,", "clinc,")
    found = [fault.found for fault in check_study(open_study(study_file))]
    assert found == [
        "case 'clinic' has no source",
        "'clinc' is not there",
        "'x' is not there",
        "source 'example-federation' tells no case",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("sources/manifest.csv", ",ngo,", ",club,", "line 2, voice: 'club' is not one of the list"),
        (
            "sources/manifest.csv",
            "example_centre",
            "example_centre|gone",
            "line 2, citation_key: source example-centre: 'gone' is no key of references.bib",
        ),
        ("sources/manifest.csv", "2024-03-01", "March", "line 2, date: 'March' is no EDTF date"),
        ("cases/cases.csv", "docks,2023,", "docks,2023,2021", "end: 2021 is before the start"),
        ("cases/cases.csv", "docks,2023,", "docks,spring,", "start: 'spring' is no EDTF date"),
        (
            "cases/facts.csv",
            "clinic,number,42,workers,who got their back wages,example_centre",
            "clinic,actor,Nobody,,,example_centre",
            "line 2, value: the actor 'Nobody' is not in actors.csv",
        ),
        (
            "cases/facts.csv",
            "clinic,number,42,workers,who got their back wages,example_centre",
            "clinic,approach,strikes,,,example_centre",
            "line 2, value: 'strikes' is no code of the scheme approach",
        ),
        (
            "cases/facts.csv",
            ",example_centre",
            ',"exmaple_centre, page 3"',
            "line 2, basis: 'exmaple_centre' is no key of references.bib and no coding",
        ),
        ("cases/facts.csv", "clinic,number", "clinc,number", "case_id: 'clinc' is not there"),
        (
            "sources/selection.md",
            "Two invented examples",
            "Two examples [@gone2001]",
            "line 3: the citation @gone2001 is not in references.bib",
        ),
    ],
)
def test_check_finds_what_leads_nowhere(
    study_file: Path, file: str, old: str, new: str, said: str
) -> None:
    """Each is one fault with its file, its line and what would be right."""
    path = study_file.parents[1] / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [str(fault) for fault in check_study(open_study(study_file))]
    assert [fault for fault in found if said in fault], found


@pytest.mark.parametrize("name", ["digest_of", "translation_of", "copy_of"])
def test_check_finds_references_to_no_source_and_in_circles(study_file: Path, name: str) -> None:
    """What a source renders is another source, and in the end one that renders none."""
    edit_manifest(study_file, {"example-centre": {name: "nowhere"}})
    (fault,) = check_study(open_study(study_file))
    assert (fault.line, fault.field) == (2, name)
    assert fault.found == "'nowhere' is the id of no other source"
    edit_manifest(
        study_file,
        {
            "example-centre": {name: "example-federation"},
            "example-federation": {"copy_of": "example-centre"},
        },
    )
    (fault,) = check_study(open_study(study_file))
    assert "go round in a circle" in fault.found


def test_check_finds_a_text_that_changed_since_it_was_coded(study_file: Path) -> None:
    """Codings carry the checksum of their text; a line that is taken back is not looked at."""
    study = open_study(study_file)
    source = next(one for one in study.collection.sources if one.id == "example-centre")
    start = source.text.index("centre")
    coding = coding_line(
        source, Span(start, start + 6), study.schemes[0], "ngo_paralegal", coder="ana"
    )
    folder = study_file.parents[1] / "codings" / "ana"
    folder.mkdir(parents=True)

    def found(*lines: dict[str, object]) -> list[str]:
        text = "".join(f"{written(line)}\n" for line in lines)
        (folder / "example-centre.jsonl").write_text(text, encoding="utf-8")
        return [str(fault) for fault in check_study(study)]

    assert found(coding) == []
    old = {**coding, "text_sha256": "0" * 64}
    (fault,) = found(old)
    assert fault == (
        "data/codings/ana/example-centre.jsonl, line 1, text_sha256: the text of example-centre "
        "changed since it was coded; bring the former text back, or retract "
        "it: tertium retract STUDY --coder ana --source example-centre, and code it again"
    )
    assert found(old, {**coding, "id": "0" * 16, "replaces": [coding["id"]]}) == []


def test_a_fact_may_rest_on_a_coding(study_file: Path) -> None:
    """The id of a coding in the log is a basis as good as a citation key."""
    facts = study_file.parents[1] / "cases" / "facts.csv"
    changed(facts, ",example_centre", ",note-1")
    (fault,) = check_study(open_study(study_file))
    assert fault.field == "basis"
    study = open_study(study_file)
    source = next(one for one in study.collection.sources if one.id == "example-centre")
    line = coding_line(source, None, study.schemes[0], "ngo_paralegal", coder="ana")
    append(study_file.parents[1] / "codings", [line])
    changed(facts, ",note-1", f",{line['id']}")
    assert check_study(open_study(study_file)) == []


def test_notes_count_and_list_what_is_not_stated(study_file: Path) -> None:
    """An empty date and an outcome that is `not_stated` are legal, and named."""
    edit_manifest(study_file, {"example-centre": {"date": ""}})
    data = study_file.parents[1]
    changed(data / "cases" / "cases.csv", "docks,2023,", "docks,,")
    with (data / "cases" / "facts.csv").open("a", encoding="utf-8") as file:
        file.write("joining,outcome,not_stated,,,example_federation\n")
    study = open_study(study_file)
    assert check_study(study) == []
    assert study_notes(study)[:3] == [
        "sources: 1 of the 2 are undated (example-centre)",
        "cases: 1 of the 2 are undated (clinic)",
        "cases: 2 of the 2 state no outcome (clinic, joining)",
    ]


def test_a_note_names_entries_that_nothing_cites(study_file: Path) -> None:
    """It is no fault: a bibliography may hold more than a study cites."""
    path = study_file.parents[1] / "references.bib"
    path.write_text(
        path.read_text(encoding="utf-8") + "\n@book{unused2000,\n title = {X}}\n", encoding="utf-8"
    )
    study = open_study(study_file)
    assert check_study(study) == []
    assert any("unused2000" in note for note in study_notes(study))


def test_a_manifest_from_before_interest_and_distance_opens(study_file: Path) -> None:
    """Columns that came later may be missing; what they would hold is empty."""
    manifest = study_file.parents[1] / "sources" / "manifest.csv"
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = [
            {name: cell for name, cell in row.items() if name not in ("interest", "distance")}
            for row in csv.DictReader(file)
        ]
    write_rows(manifest, rows)
    study = open_study(study_file)
    assert check_study(study) == []
    assert study.tables.sources["interest"].isna().all()


def test_texts_both_never_counts_a_digest_beside_its_original(
    repository: Path, shared: Path
) -> None:
    """With both at hand the tables hold both, and a count takes the original."""
    study = open_study(repository / "data" / "studies" / "labour-organising.yml", texts="both")
    tables = study.tables
    counted = set(tables.counted_sources()["source_id"])
    for row in tables.sources.to_dict("records"):
        if row["kind"] == "digest" and row["digest_of"] in set(tables.sources["source_id"]):
            assert row["source_id"] not in counted


def test_unknown_texts_are_refused(study_file: Path) -> None:
    """A word that is none of the three is answered with the three."""
    with pytest.raises(UnknownNameError, match="digests, originals, both"):
        open_study(study_file, texts="orignals")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("cases/cases.csv", "id,name", "key,name", "data/cases/cases.csv, line 1, id: "),
        ("cases/cases.csv", "start,end", "start,end,more", "line 1, more: there is no such column"),
        ("actors.csv", "id,type", "id,kind", "data/actors.csv, line 1, type: "),
        ("actors.csv", ",ngo,", ",club,", "data/actors.csv, line 2, type: 'club'"),
        ("cases/sources.csv", "centre,,", "centre,900,5", "data/cases/sources.csv, line 2, end: "),
        ("cases/sources.csv", "centre,,", "centre,0,99999", "is behind the end of example-centre"),
        ("cases/facts.csv", "number,42", "number,few", "data/cases/facts.csv, line 2, value: "),
    ],
)
def test_what_check_finds_the_tables_refuse(
    study_file: Path, file: str, old: str, new: str, said: str
) -> None:
    """A fault of a case or actor file is the same fault in both, never another kind of error."""
    changed(study_file.parents[1] / file, old, new)
    study = open_study(study_file)
    found = [str(fault) for fault in check_study(study)]
    assert any(said in fault for fault in found)
    with pytest.raises(InputError) as caught:
        study.tables  # noqa: B018
    assert [str(fault) for fault in caught.value.faults] == found


def test_faults_of_several_files_are_named_at_once(study_file: Path) -> None:
    """Sources, cases, facts and actors are all looked at, whichever is wrong."""
    data = study_file.parents[1]
    changed(data / "sources" / "manifest.csv", ",ngo,", ",club,")
    changed(data / "cases" / "cases.csv", "programme", "series")
    changed(data / "cases" / "facts.csv", "joining,number", "jonning,number")
    changed(data / "actors.csv", ",ngo,", ",club,")
    (data / "cases" / "sources.csv").write_bytes(b"case_id,source_id,start,end\nclinic,\xff,,\n")
    assert [fault.file for fault in check_study(open_study(study_file))] == [
        "data/actors.csv",
        "data/cases/cases.csv",
        "data/cases/facts.csv",
        "data/cases/sources.csv",
        "manifest.csv",
    ]


def test_the_least_alpha_is_not_above_the_tentative_one(study_file: Path) -> None:
    """A gate that no number is held against is a fault, not a promise."""
    changed(study_file, "coders: [rule]", "coders: [rule]\nagreement: {alpha: 0.8, tentative: 0.6}")
    with pytest.raises(InputError) as caught:
        open_study(study_file)
    (fault,) = caught.value.faults
    assert (fault.line, fault.field) == (9, "agreement.alpha")
    assert "alpha 0.8 is above tentative 0.6" in fault.found


def test_texts_that_are_not_read_tie_their_digests_together(
    study_file: Path,
) -> None:
    """A digest of a text and a digest of its translation are one work where neither is read."""
    manifest = study_file.parents[1] / "sources" / "manifest.csv"
    with manifest.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        rows, columns = list(table), list(table.fieldnames or [])
    for number, row in enumerate(rows):
        row["digest_of"] = ("first", "second")[number]
        row["citation_key"] = ""
    plain = {"kind": "original", "voice": "ngo", "licence": "none", "confidential": "false"}
    for id_, translated in (("first", ""), ("second", "first")):
        facts = {**plain, "id": id_, "translation_of": translated, "file": f"originals/{id_}.txt"}
        rows.append({name: facts.get(name, "") for name in columns})
    with manifest.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    tables = open_study(study_file).tables
    assert dict(tables.renders)["second"] == "first"
    assert len(tables.sources) == 2
    assert tables.counted_sources()["source_id"].tolist() == ["example-centre"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("coders: [rule]", "coders: [rule, rule]", "coders: 'rule' stands twice"),
        ("coders: [rule]", "coders: []", "coders: holds nothing; write at least one"),
        ("coders: [rule]", "coders: rule", "coders: is no list; write it as a list"),
        ("version: 1", "version: true", "version: 'True' is not accepted; it should be 1"),
        ("title: A first study", "title: '  '", "title: is empty; write some text"),
        ("[approach@1.1.0,", "[../mine.yml,", "'../mine.yml' leaves the study's folder"),
        ("coders:", "report: {standard: [a-9]}\ncoders:", "'a-9' is not accepted"),
        ("coders:", "report: {standard: [a-2a, a-3a]}\ncoders:", "two PDF/A standards"),
        ("coders:", "report: {standard: [1.7, 2.0]}\ncoders:", "two versions of PDF"),
        ("coders:", "report: {standard: [a-4, ua-1]}\ncoders:", "no PDF is both"),
        ("coders:", "report: {fonts: [/a.ttf]}\ncoders:", "'/a.ttf' leaves the study's folder"),
        ("coders:", "report: {fonts: [a.ttf]}\ncoders:", "there is no file 'a.ttf'"),
        ("notebooks/02-coding", "notebooks/01-sources", "stands twice with the same parameters"),
    ],
)
def test_what_no_study_may_say_is_refused(study_file: Path, old: str, new: str, said: str) -> None:
    """Each is one fault with its line, in words of the file and not of Python."""
    changed(study_file, old, new)
    with pytest.raises(InputError) as caught:
        open_study(study_file)
    assert any(said in str(fault) for fault in caught.value.faults), str(caught.value)
    assert all(fault.line for fault in caught.value.faults)


def test_every_standard_that_may_be_written_is_known_to_the_typesetter() -> None:
    """The closed list holds no name that typst would refuse as unknown."""
    from typing import get_args

    import typst

    from tertium.study_file import Standard

    names = get_args(get_args(Standard)[0])
    assert len(names) == 17
    for name in names:
        # An empty document fails some standards; an unknown one is another kind of error.
        with contextlib.suppress(typst.TypstError):
            typst.compile(b"", format="pdf", pdf_standards=[name])


def test_the_study_says_how_its_sources_were_found(study_file: Path) -> None:
    """A design goes to the tables with its reason; without one they say nothing."""
    assert open_study(study_file).tables.sampling is None
    changed(
        study_file, "cases: data/cases", "cases: data/cases\nsampling: {design: random, why: Lots}"
    )
    assert open_study(study_file).tables.sampling == Sampling("random", "Lots")


def test_a_design_that_is_none_is_refused(study_file: Path) -> None:
    """A test of significance rests on this word."""
    changed(
        study_file, "cases: data/cases", "cases: data/cases\nsampling: {design: lots, why: Lots}"
    )
    with pytest.raises(InputError, match=r"sampling\.design"):
        open_study(study_file)


def test_plans_of_the_study_stand_in_its_tables(study_file: Path) -> None:
    """Who was drawn to code what is known to comparisons, by the plan's file."""
    plan = "source_id,coder,order,stratum,double,title\nexample-centre,ana,1,ngo,true,A\n"
    (study_file.parents[1] / "plan.csv").write_text(plan, encoding="utf-8")
    changed(study_file, "cases: data/cases", "cases: data/cases\nassignments: [data/plan.csv]")
    plans = open_study(study_file).tables.plans
    assert plans is not None
    assert plans.iloc[0].tolist()[:6] == ["data/plan.csv", "example-centre", "ana", 1, "ngo", True]
    # Written before plans told of their draw.
    assert plans["stratum_size"].isna().all()


def test_faults_of_a_plan_are_named(study_file: Path) -> None:
    """A plan that can't be read is no plan that drew nothing."""
    (study_file.parents[1] / "plan.csv").write_text("source_id,coder\na,b\n", encoding="utf-8")
    changed(study_file, "cases: data/cases", "cases: data/cases\nassignments: [data/plan.csv]")
    with pytest.raises(InputError, match=r"data/plan\.csv"):
        _ = open_study(study_file).tables


def test_what_is_known_of_cases_stands_in_the_tables(study_file: Path) -> None:
    """Facts come with their basis."""
    facts = open_study(study_file).tables.facts
    assert facts is not None
    assert {"case_id", "attribute", "value", "basis"} <= set(facts.columns)
    assert len(facts)


def test_another_coder_may_decide_on_one_scheme(study_file: Path) -> None:
    """Who decides on the others stays, and comparisons take each scheme's own."""
    changed(
        study_file, "deciding_coder: rule", "deciding_coder: rule\ndeciding_coders: {claim: rule}"
    )
    tables = open_study(study_file).tables
    assert (tables.decides("claim"), tables.decides("approach")) == ("rule", "rule")
    with pytest.raises(UnknownNameError, match="rule has"):
        tables.decided_by(claim="ana")


def test_who_decides_on_a_scheme_is_a_coder_of_the_study(study_file: Path) -> None:
    """A name that codes nothing would decide nothing; a scheme that is none has no verdicts."""
    changed(
        study_file,
        "deciding_coder: rule",
        "deciding_coder: rule\ndeciding_coders: {claim: ana, claims: rule}",
    )
    with pytest.raises(InputError) as caught:
        open_study(study_file)
    assert [fault.found for fault in caught.value.faults] == [
        "'claims' is no scheme of the study",
        "'ana' is not among the coders",
    ]


def test_a_plan_draws_what_the_study_has_and_once(study_file: Path) -> None:
    """An unknown source is a fault with the plan's line; who has no log yet is a note."""
    plan = "source_id,coder,order,stratum,double,title\nexample-centre,ana,1,,true,A\n"
    path = study_file.parents[1] / "plan.csv"
    path.write_text(plan + "exmaple,ana,2,,true,B\n", encoding="utf-8")
    changed(study_file, "cases: data/cases", "cases: data/cases\nassignments: [data/plan.csv]")
    (fault,) = check_study(open_study(study_file))
    assert (fault.file, fault.line, fault.found) == (
        "data/plan.csv", 3, "'exmaple' is the id of no source",
    )  # fmt: skip
    path.write_text(plan, encoding="utf-8")
    assert check_study(open_study(study_file)) == []
    notes = study_notes(open_study(study_file))
    assert "data/plan.csv: ana has no log in data/codings yet" in notes
    changed(study_file, "[data/plan.csv]", "[data/plan.csv, data/./plan.csv]")
    with pytest.raises(InputError, match=r"assignments: 'data/\./plan\.csv' stands twice"):
        open_study(study_file)


def test_the_register_is_checked_with_its_lines_and_cites(study_file: Path) -> None:
    """Each key that is not there is a fault of its row; what a register cites is cited."""
    register = study_file.parents[1] / "expectations.csv"
    head = "expectation_id,scheme,code,voice,when,why,basis\n"
    register.write_text(
        head + 'a,claim,wages,,,Why.,own reasoning\nb,claim,wages,,,Why.,"unused2000, p. 2; no1"\n',
        encoding="utf-8",
    )
    bibliography = study_file.parents[1] / "references.bib"
    entry = "\n@book{unused2000,\n title = {X}}\n"
    bibliography.write_text(bibliography.read_text(encoding="utf-8") + entry, encoding="utf-8")
    before = "cases: data/cases"
    changed(study_file, before, f"{before}\nexpectations: data/expectations.csv")
    study = open_study(study_file)
    (fault,) = check_study(study)
    assert (fault.line, fault.found) == (3, "expectation b: 'no1' is no key of references.bib")
    assert not any("unused2000" in note for note in study_notes(study))


def test_who_decides_and_has_read_nothing_is_a_note(study_file: Path) -> None:
    """Tables of that scheme would say "not searched" throughout; codes are looked up by scheme."""
    study = open_study(study_file)
    source = next(each for each in study.collection.sources if each.id == "example-centre")
    line = coding_line(source, None, study.schemes[0], "ngo_paralegal", coder="ana")
    append(study_file.parents[1] / "codings", [line])
    changed(study_file, "coders: [rule]", "coders: [rule, ana]")
    changed(
        study_file, "deciding_coder: rule", "deciding_coder: rule\ndeciding_coders: {tier: ana}"
    )
    notes = study_notes(open_study(study_file))
    assert any(note.startswith("tier: ana decides and has read nothing for it") for note in notes)
    assert any(note.startswith("tier: never used by ana") for note in notes)
    assert not any(note.startswith(("tier: never used by rule", "claim: ana")) for note in notes)


def test_actors_are_decided_on_only_with_cases(study_file: Path) -> None:
    """Without cases there is no list of actors; the remedy lists the schemes there are."""
    decides = "deciding_coder: rule\ndeciding_coders: {actor: rule}"
    changed(study_file, "deciding_coder: rule", decides)
    assert open_study(study_file).tables.decides("actor") == "rule"
    changed(study_file, "cases: data/cases", "")
    with pytest.raises(InputError, match=r"write one of: approach, .*where the study lists cases"):
        open_study(study_file)


def test_a_part_that_is_no_mapping_is_said_plainly(study_file: Path) -> None:
    """No name of a class of ours stands in a message."""
    changed(study_file, "cases: data/cases", "cases: data/cases\nsampling: random")
    with pytest.raises(InputError, match="sampling: is no mapping; write lines of the form"):
        open_study(study_file)


def test_a_path_with_a_nul_is_a_fault(study_file: Path) -> None:
    """A path that no system takes is a file that is not there."""
    changed(study_file, "cases: data/cases", 'cases: data/cases\nexpectations: "a\\0b"')
    with pytest.raises(InputError, match="expectations: there is no file"):
        open_study(study_file)


def test_a_parameter_of_a_notebook_may_be_a_list(study_file: Path) -> None:
    """A parameter cell may declare a list, so the study file may give one; no list of lists."""
    given = "notebook: notebooks/01-sources.ipynb"
    changed(study_file, given, f"{given}\n    parameters: {{least: [a, 2, 0.5, true], one: null}}")
    parameters = open_study(study_file).content.notebooks[0].parameters
    assert parameters == {"least": ["a", 2, 0.5, True], "one": None}
    assert [type(each) for each in parameters["least"]] == [str, int, float, bool]
    changed(study_file, "[a, 2, 0.5, true]", "[[a]]")
    with pytest.raises(InputError, match="parameters"):
        open_study(study_file)


def test_a_note_names_languages_that_no_rule_searches(study_file: Path) -> None:
    """Where the rules decide, sources in a language without patterns are counted, by scheme."""
    assert not any("has no patterns" in note for note in study_notes(open_study(study_file)))
    edit_manifest(study_file, {"example-centre": {"language": "sw"}})
    assert "approach has no patterns for sw: 1 source is not searched by rule" in study_notes(
        open_study(study_file)
    )
