"""A small study is built from its texts to its pages, whole, repeatable and only when needed."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tertium.columns import MANIFEST, names
from tertium.errors import InputError
from tertium.report import build as building
from tertium.report.build import build_report
from tertium.report.data_files import data_files
from tertium.report.running.inputs import study_inputs
from tertium.report.typesetting.codebook import codebook
from tertium.report.typesetting.document import build_document
from tertium.report.typesetting.front_matter import first_page_notes, limits_chapter, source_rows
from tertium.sources.licences import is_open_licence
from tertium.study import open_study

UNION = (
    "# A union drive\n\nThe official trade union federation set up grass-roots unions in 40 firms "
    "and recruited new members.\n\nThe trade union federation held training for its members.\n"
)
WORKERS = (
    "# A stoppage\n\nThe workers of the factory went on strike on Monday and demanded higher "
    "wages.\n\nA labour NGO offered the workers legal aid and training on their rights.\n"
)
STUDY = """\
version: 1
title: Two texts
question: Who acts, and how?
sources:
  manifest: data/sources/manifest.csv
schemes: [approach@1.1.0]
notebooks:
  - notebook: notebooks/01-all.ipynb
"""
CELLS = (
    "from tertium.comparison.crosstabs.crosstab import crosstab\n"
    "from tertium.report.figures import figure\n"
    "from tertium.report.tables import table\n"
    "from tertium.study import open_study",
    "tables = open_study(study, texts=texts).tables",
    'counts = crosstab(tables, rows="approach", columns="source_id")',
    'table(counts, name="by-source")',
    'figure(counts, name="bars")',
)
BIB = """
@online{union2020, author = {{A Union}}, title = {A union drive}, year = {2020}, langid = {english},
  url = {https://example.org/drive}}
"""
SELECTION = "# How found\n\nBy hand.\n\n## Limits\n\n- Two texts are few.\n"


def write_texts(root: Path) -> None:
    """Write two digests, an original of one of them, and the manifest."""
    rows = []
    for id_, kind, of, text, licence in (
        ("drive", "digest", "drive_original", UNION, "CC-BY-4.0"),
        ("drive_original", "original", "", UNION * 2, "all rights reserved"),
        ("stoppage", "digest", "", WORKERS, "CC BY 4.0"),
    ):
        path = root / "data" / "sources" / f"{kind}s" / f"{id_}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        checksum = hashlib.sha256(text.encode("utf-8")).hexdigest()
        rows.append(
            {
                "id": id_,
                "title": text.partition("\n")[0].strip("# "),
                "publisher": "A publisher",
                "voice": "ngo",
                "language": "en",
                "citation_key": "union2020" if of else "",
                "kind": kind,
                "digest_of": of,
                "file": f"{kind}s/{id_}.md",
                "sha256": checksum,
                "text_sha256": checksum,
                "licence": licence,
                "confidential": "false",
            }
        )
    text = io.StringIO()
    writer = csv.DictWriter(text, names(MANIFEST), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (root / "data/sources/manifest.csv").write_text(text.getvalue(), encoding="utf-8")


def write_notebook(root: Path, *cells: str, declared: str = "") -> Path:
    """Write the study's notebook."""
    declared = declared or (
        'study: str = "two-texts"  # which study\ntexts: str = "digests"  # which texts'
    )
    made = [
        new_markdown_cell("# Everything\n\nSee @tbl-by-source and [@union2020]."),
        new_code_cell(declared, metadata={"tags": ["parameters"]}),
        *map(new_code_cell, cells),
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"c{number}"
    path = root / "notebooks" / "01-all.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(new_notebook(cells=made)), encoding="utf-8")
    return path


def write_study(root: Path, text: str = STUDY) -> Path:
    """Write the whole study; returns the study file."""
    write_texts(root)
    write_notebook(root, *CELLS)
    (root / "data/references.bib").write_text(BIB, encoding="utf-8")
    (root / "data/sources/selection.md").write_text(SELECTION, encoding="utf-8")
    path = root / "data/studies/two-texts.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def small(tmp_path):
    """Write a study of two texts; its file."""
    root = tmp_path / "project"
    root.mkdir()
    return write_study(root)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the study once; the folder of the project."""
    root = tmp_path_factory.mktemp("built")
    build_report(open_study(write_study(root)))
    return root


@pytest.fixture
def copied(built, tmp_path):
    """A copy of the built project that a test may change; its study."""
    shutil.copytree(built, tmp_path / "project")
    return open_study(tmp_path / "project/data/studies/two-texts.yml")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# --- the whole -------------------------------------------------------------------------------


def test_a_report_has_all_its_parts(built):
    """Pages, executed notebooks, tables and figures are where the study's folder says."""
    files = set(contents(built / "reports" / "two-texts"))
    shown = {file for file in files if not file.startswith((".cache/", "figures/bars.csv"))}
    assert shown == {
        "figures/bars.svg",
        "notebooks/01-all.ipynb",
        "report.html",
        "report.pdf",
        "tables/by-source.csv",
        "tables/by-source.md",
        "tables/codebook-lists.csv",
    }
    html = (built / "reports/two-texts/report.html").read_text(encoding="utf-8")
    for part in (
        "the path works, not that the coder is right",
        "No person has coded these texts",
        "Two texts are few.",
        "one strong passage",
        "Present from 0.6",
        "https://example.org/drive",
        "went on strike on Monday",
    ):
        assert part in html


def test_the_same_study_gives_the_same_bytes(built, small, tmp_path):
    """Another folder, another project path, later: every file is the same, caches included."""
    other = build_report(open_study(small), output=tmp_path / "elsewhere")
    assert other.is_new
    first, second = contents(built / "reports/two-texts"), contents(tmp_path / "elsewhere")
    assert first == second


def test_outputs_name_no_place_and_no_day(built):
    """No file holds the project's path or the day on which it was built."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    for name, content in contents(built / "reports/two-texts").items():
        text = content.decode("utf-8", errors="replace")
        assert str(built) not in text, name
        assert "/tmp" not in text, name
        assert today not in text, name


def test_an_unchanged_study_is_left_alone(copied):
    """A second build touches no file and says that nothing is new."""
    folder = copied.root / "reports/two-texts"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.*") if path.is_file()}
    lines: list[str] = []
    again = build_report(copied, progress=lines.append)
    assert (again.is_new, lines) == (False, [])
    pages = [path for path in before if ".cache" not in path.parts]
    assert {path: path.stat().st_mtime_ns for path in pages} == {p: before[p] for p in pages}
    names = ["by-source.csv", "by-source.md", "codebook-lists.csv"]
    assert [path.name for path in again.tables] == names


def test_a_lost_page_is_set_again_without_running_the_notebook(copied):
    """What was made is looked at too; other files in the folder stay."""
    folder = copied.root / "reports/two-texts"
    pdf = (folder / "report.pdf").read_bytes()
    (folder / "report.pdf").unlink()
    (folder / "my-notes.txt").write_text("mine", encoding="utf-8")
    lines: list[str] = []
    assert build_report(copied, progress=lines.append).is_new
    assert lines == ["two-texts: report set"]
    assert (folder / "report.pdf").read_bytes() == pdf
    assert (folder / "my-notes.txt").read_text(encoding="utf-8") == "mine"


def test_passages_that_may_not_be_passed_on_are_marked(copied):
    """Originals under a closed licence give a restricted report, in place of the open one."""
    restricted = build_report(copied, texts="originals")
    folder = copied.root / "reports/two-texts"
    assert restricted.is_restricted
    assert restricted.pdf.name == "report-restricted.pdf"
    assert sorted(path.name for path in folder.glob("report*")) == [
        "report-restricted.html",
        "report-restricted.pdf",
    ]
    html = restricted.html.read_text(encoding="utf-8")
    assert "may not be passed on, from drive_original" in html
    assert "originals of 1 source" in html
    executed = json.loads(restricted.notebooks[0].read_text(encoding="utf-8"))
    assert executed["cells"][2]["source"] == '# Parameters\ntexts = "originals"\n'


def test_a_failed_build_leaves_what_was_there(copied):
    """A cell that fails is named; pages stay as they were, and nothing half-made stays."""
    folder = copied.root / "reports/two-texts"
    before = {name: c for name, c in contents(folder).items() if not name.startswith(".cache/")}
    write_notebook(copied.root, "1 / 0")
    with pytest.raises(InputError, match=r"01-all\.ipynb, cell 3: it stopped with ZeroDivision"):
        build_report(copied)
    after = {name: c for name, c in contents(folder).items() if not name.startswith(".cache/")}
    assert after == before
    assert [path.name for path in folder.parent.iterdir()] == ["two-texts"]


def test_faults_of_the_sources_are_named_once(small, tmp_path):
    """A text that is not the one listed is one fault, whatever the number of notebooks."""
    again = "  - notebook: notebooks/01-all.ipynb\n    parameters: {texts: digests}\n"
    small.write_text(STUDY + again, encoding="utf-8")
    (small.parents[1] / "sources/digests/drive.md").write_text("other", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        build_report(open_study(small), output=tmp_path / "out")
    assert [fault.file for fault in caught.value.faults] == ["manifest.csv"]
    assert not (tmp_path / "out").exists()


def test_a_study_without_texts_is_refused(small):
    """A manifest that lists nothing to read is named as such."""
    manifest = small.parents[1] / "sources/manifest.csv"
    manifest.write_text(manifest.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")
    with pytest.raises(InputError, match=r"manifest\.csv: it lists no digest"):
        build_report(open_study(small))


def test_a_failed_first_build_leaves_nothing(small, tmp_path):
    """Where no report was, none is after a build that failed in its pages."""
    write_notebook(small.parents[2], "print('no table has the label that the text names')")
    with pytest.raises(InputError, match="tbl-by-source"):
        build_report(open_study(small), output=tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["project"]


# --- refusals before anything runs -----------------------------------------------------------


def test_parameters_of_all_notebooks_are_checked_first(small):
    """Faults of two notebooks are one error, and no folder is made."""
    root = small.parents[2]
    small.write_text(
        STUDY
        + "    parameters: {limit: many, colour: red}\n"
        + "  - notebook: notebooks/02.ipynb\n",
        encoding="utf-8",
    )
    write_notebook(root, declared="limit: int = 1")
    (root / "notebooks/02.ipynb").write_text(json.dumps(new_notebook()), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        build_report(open_study(small))
    assert [fault.found for fault in caught.value.faults] == [
        "'colour' is no parameter",
        "'many' is no int",
        "no cell is tagged 'parameters'",
    ]
    assert not (root / "reports").exists()


def test_a_notebook_may_stand_twice(small):
    """Two runs of a notebook get two names; only values that differ from its own are injected."""
    root = small.parents[2]
    small.write_text(
        STUDY + "  - notebook: notebooks/01-all.ipynb\n    parameters: {limit: 5}\n", "utf-8"
    )
    write_notebook(root, declared='study: str = "x"\nlimit: int = 2')
    jobs = building._jobs(open_study(small), root / "out", {})
    assert [job.name for job in jobs] == ["01-all", "01-all-2"]
    assert [job.parameters for job in jobs] == [
        {"study": "two-texts"},
        {"study": "two-texts", "limit": 5},
    ]


def test_a_study_file_elsewhere_is_found_by_its_way(tmp_path):
    """A study file outside data/studies is named to notebooks by a relative path."""
    root = tmp_path / "mine"
    (root / "notebooks").mkdir(parents=True)
    write_texts(root)
    write_notebook(root)
    (root / "study.yml").write_text(STUDY, encoding="utf-8")
    jobs = building._jobs(open_study(root / "study.yml"), root / "out", {})
    assert jobs[0].parameters == {"study": "../study.yml"}


def test_a_folder_of_others_is_not_written_into(small, tmp_path):
    """A folder that holds tables which no build made is refused and stays as it is."""
    (tmp_path / "papers/tables").mkdir(parents=True)
    with pytest.raises(InputError, match="papers: it holds tables, which no build"):
        build_report(open_study(small), output=tmp_path / "papers")
    assert contents(tmp_path / "papers") == {}


def test_two_builds_do_not_work_in_one_folder(small, tmp_path):
    """A second build of the same folder is told to wait."""
    pytest.importorskip("fcntl", reason="needs file locks, which this system lacks")
    with building._alone(tmp_path / "out" / building.CACHE):
        with pytest.raises(InputError, match="another build is at work"):
            build_report(open_study(small), output=tmp_path / "out")
        assert (tmp_path / "out").is_dir()


def test_a_study_without_notebooks_is_refused(small):
    """There is nothing to report where no notebook is named."""
    small.write_text(re.sub(r"notebooks:.*", "", STUDY, flags=re.DOTALL), encoding="utf-8")
    with pytest.raises(InputError, match=r"two-texts\.yml, notebooks: there is none"):
        build_report(open_study(small))


# --- what it depends on ----------------------------------------------------------------------


def test_inputs_follow_contents_not_places(small, tmp_path):
    """A moved project has the same inputs; a text, the references or a setting change them."""
    root = small.parents[2]
    before = study_inputs(open_study(small))
    shutil.copytree(root, tmp_path / "moved")
    assert study_inputs(open_study(tmp_path / "moved/data/studies/two-texts.yml")) == before
    for name in (
        "data/references.bib",
        "data/sources/selection.md",
        "data/sources/digests/drive.md",
        "data/studies/two-texts.yml",
    ):
        path = root / name
        kept = path.read_bytes()
        path.write_bytes(kept.replace(b"union", b"Union").replace(b"Two texts", b"Three texts"))
        assert study_inputs(open_study(small)) != before, name
        path.write_bytes(kept)
    assert study_inputs(open_study(small)) == before


def test_texts_that_are_not_read_are_no_input(small):
    """Originals matter only to a build that reads them."""
    root = small.parents[2]
    before = [study_inputs(open_study(small, texts=texts)) for texts in ("digests", "originals")]
    (root / "data/sources/originals/drive_original.md").write_text("other", encoding="utf-8")
    after = [study_inputs(open_study(small, texts=texts)) for texts in ("digests", "originals")]
    assert (after[0] == before[0], after[1] == before[1]) == (True, False)


# --- what stands around the notebooks --------------------------------------------------------


def test_the_first_page_says_which_thresholds_changed(small):
    """Thresholds of the study are named beside the scheme's own, in the rule as well."""
    small.write_text(
        STUDY + "thresholds:\n  approach: {present: 0.7, undecided: 0.3}\n", encoding="utf-8"
    )
    study = open_study(small)
    notes = first_page_notes(study, shown=[])
    assert notes[-1] == (
        "Thresholds changed for the scheme “approach”: present from 0.7 and undecided from 0.3, "
        "in place of 0.6 and 0.3."
    )
    assert "Present from 0.7; undecided from 0.3" in codebook(study)[0]["rule"]


def test_the_first_page_names_only_sources_that_are_shown(small):
    """A closed source of which no passage is shown restricts nothing."""
    study = open_study(small, texts="both")
    assert first_page_notes(study, shown=[])[0].startswith(
        "The texts read are the originals of 1 source and digests of them, which are never counted "
        "beside them. The texts read are digests of 1 source, shorter"
    )
    assert not any("Restricted" in note for note in first_page_notes(study, shown=["stoppage"]))
    assert any("Restricted" in note for note in first_page_notes(study, shown=["drive_original"]))


def test_the_first_page_says_who_made_the_digests_and_what_verdicts_rest_on():
    """A language model made the shipped digests; its rules see wording, and where they were judged."""
    texts, verdicts, *_ = first_page_notes(open_study("labour-organising"), shown=[])
    assert re.search(
        r"A language model made all of them: \d+ from the fact sheet of the case", texts
    )
    assert "rest on the wording of the texts read, not on an understanding of them" in verdicts
    assert verdicts.endswith("labelled texts: see Evaluation.")


def test_the_first_page_says_who_coded_what_and_how_often():
    """By rule, by a model, by people: schemes, how many readings, and where they are taken up."""
    _, _, rule, model, people, *_ = first_page_notes(open_study("labour-organising"), shown=[])
    assert rule.startswith("By rule: approach, dimension, tier, strategy")
    assert "approach, read twice (“reading-1” and “reading-2”, settled where" in model
    assert "claim and actor, read once (“statements”)" in model
    assert "8 codes of dimension, tier, strategy and outcome, read once (“reading-3”)" in model
    assert "Which model it was is not known." in model
    assert "what is so in each case, read twice (“reading-4” and “reading-5”)" in model
    assert "09-set-analysis (“reading-4” and “reading-5”) and 10-networks (“statements”)" in model
    assert people == "By people: No person has coded these texts."


def test_the_first_page_names_the_model_that_stated_values():
    """A model that the table of stated values names is not called unknown."""
    study = open_study("labour-organising")
    stated = study.tables.memberships.assign(model="some-model-1")
    study.__dict__["tables"] = dataclasses.replace(study.tables, memberships=stated)
    model = first_page_notes(study, shown=[])[3]
    assert "Version: some-model-1." in model
    assert "not known" not in model


def test_the_source_list_says_what_was_read(small):
    """A row a source, with date and licence."""
    rows = source_rows(open_study(small))
    assert [(row["id"], row["date"], row["licence"]) for row in rows] == [
        ("stoppage", "undated", "CC BY 4.0"),
        ("drive", "undated", "CC-BY-4.0"),
    ]


def test_limits_come_first_and_code_is_no_heading():
    """The section on limits leads its chapter; a hash in a code fence is no heading."""
    text = "# Found\n\n```\n## Limits\n```\n## Limits #\n\nFew.\n\n### Of time\n\nOld.\n\n## Cases\n\nOne."
    assert limits_chapter(text) == (
        "# Limits\n\nFew.\n\n### Of time\n\nOld.\n\n## Found\n\n```\n## Limits\n```\n### Cases\n\nOne."
    )


@pytest.mark.parametrize(
    ("licence", "is_open"),
    [
        ("CC-BY-4.0", True),
        ("CC BY-SA 3.0 IGO", True),
        ("cc0", True),
        ("Creative Commons Attribution 4.0", True),
        ("public domain", True),
        ("MIT", True),
        ("ODbL-1.0", True),
        ("all rights reserved", False),
        ("not CC BY", False),
        ("CC BY for the text, photographs all rights reserved", False),
        ("public domain in some countries only", False),
        ("mitigated", False),
        ("ccby", False),
        ("", False),
        ("  ", False),
    ],
)
def test_open_licences_are_known_by_name(licence, is_open):
    """What is not known to be open is closed."""
    assert is_open_licence(licence) is is_open


# --- tables and figures as files -------------------------------------------------------------


def document_of(*notebooks):
    """A document from notebooks."""
    return build_document(notebooks, title="t", question="q")


def test_tables_and_figures_become_files(parts):
    """Formulas are made harmless, numbers stay numbers, groups become a column."""
    data = {"columns": ["what", "n"], "rows": [["=1+1", -2], ["b", None]]}
    output = parts.figure("fig-bars")
    output["data"]["application/vnd.tertium.figure+json"]["data"] = data
    notebook = parts.notebook(
        parts.code(
            parts.table(
                "tbl-small",
                [["=cmd|' /C calc'!A0", "-12"], ["@b", "0.5"]],
                columns=["what", "n"],
                groups=[{"label": "+group", "row": 1}],
            ),
            output,
        )
    )
    files = data_files([notebook], document_of(notebook), names=["a.ipynb"])
    assert sorted(files) == [
        "figures/bars.csv",
        "figures/bars.svg",
        "tables/small.csv",
        "tables/small.md",
    ]
    rows = list(csv.reader(io.StringIO(files["tables/small.csv"].decode("utf-8"))))
    assert rows == [
        ["", "what", "n"],
        ["", "'=cmd|' /C calc'!A0", "-12"],
        ["'+group", "'@b", "0.5"],
    ]
    assert files["figures/bars.csv"] == b"what,n\r\n'=1+1,-2\r\nb,\r\n"
    assert b"\\@b" in files["tables/small.md"]


def with_files(parts, label, files):
    """A table that brings files along."""
    output = parts.table(label, [["a", "1"]])
    output["data"]["application/vnd.tertium.table+json"]["files"] = files
    return parts.code(output)


def test_a_table_may_bring_files_along(parts):
    """The file stands in for the table's own of that name."""
    notebook = parts.notebook(
        with_files(parts, "tbl-one", {"one.csv": "a,b\r\n", "framework_matrix.csv": "long\r\n"})
    )
    files = data_files([notebook], document_of(notebook), names=["a.ipynb"])
    assert files["tables/one.csv"] == b"a,b\r\n"
    assert files["tables/framework_matrix.csv"] == b"long\r\n"


@pytest.mark.parametrize(
    "name", ["../x.csv", "/x.csv", "A.csv", "x.py", ".csv", "a/b.csv", "x.csv\n"]
)
def test_files_of_tables_have_plain_names(parts, name):
    """A name that could lead elsewhere is refused."""
    notebook = parts.notebook(with_files(parts, "tbl-one", {name: ""}))
    with pytest.raises(InputError, match=r"a\.ipynb, cell 1, tbl-one: the file"):
        data_files([notebook], document_of(notebook), names=["a.ipynb"])


def test_two_tables_may_not_bring_different_files_of_one_name(parts):
    """The second one is named."""
    notebook = parts.notebook(
        with_files(parts, "tbl-one", {"x.csv": "1"}), with_files(parts, "tbl-two", {"x.csv": "2"})
    )
    with pytest.raises(InputError, match=r"cell 2, tbl-two: .* also comes from another table"):
        data_files([notebook], document_of(notebook), names=["a.ipynb"])
