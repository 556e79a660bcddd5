"""From the log to the shell: `tertium agreement`, the policy of a study, the report's appendix."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest

from tertium.cli import main
from tertium.coding.logs.lines import coding_line, reading_line
from tertium.coding.logs.log import CODINGS, append
from tertium.comparison.agreement.agreement import agreement
from tertium.comparison.evidence import evidence
from tertium.errors import AgreementError, InputError
from tertium.report.tables import table
from tertium.report.typesetting.agreement import agreement_tables
from tertium.report.typesetting.document import build_document
from tertium.report.typesetting.html import write_html
from tertium.report.typesetting.pdf import typst_source
from tertium.sources.units import find_units
from tertium.start.skeleton import write_skeleton
from tertium.study import Study, open_study


def change(study: Path, old: str, new: str) -> Path:
    """One thing of a study file replaced."""
    text = study.read_text(encoding="utf-8")
    assert old in text
    study.write_text(text.replace(old, new), encoding="utf-8")
    return study


@pytest.fixture
def study_file(tmp_path: Path) -> Path:
    """A study whose sources Ana and Ben read; they share a sentence on strikes, Ana has one more."""
    write_skeleton(tmp_path / "first")
    file = tmp_path / "first/data/studies/first.yml"
    opened = open_study(file)
    scheme = next(each for each in opened.schemes if each.name == "approach")
    lines = []
    for source in opened.collection.sources:
        sentences = [each.span for each in find_units(source, "sentence")]
        for coder in ("ana", "ben"):
            lines.append(reading_line(source, None, scheme, None, coder=coder))
            for span in sentences[: 2 if coder == "ana" else 1]:
                lines.append(coding_line(source, span, scheme, "strike", coder=coder))
    append(opened.root / CODINGS, lines)
    return change(file, "coders: [rule]", "coders: [rule, ana, ben]")


class Done(NamedTuple):
    """What a verb said, and its exit code."""

    code: int | str | None
    said: str
    wrong: str


def run(study_file: Path, *words: str) -> Done:
    """Run the verb in the study's folder."""
    given = ["tertium", "agreement", "first", "--scheme", "approach", "--unit", "sentence"]
    said, wrong = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(study_file.parents[2]),
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(wrong),
        mock.patch.object(sys, "argv", [*given, *words]),
        pytest.raises(SystemExit) as left,
    ):
        main()
    return Done(left.value.code, said.getvalue(), wrong.getvalue())


def test_the_verb_prints_the_table_and_what_weakens_it(study_file: Path) -> None:
    """A line a code, then its concerns; exit 0."""
    done = run(study_file, "--coders", "ana,ben", "--replicates", "50")
    assert done.code == 0
    assert done.said.startswith("Agreement of ana and ben: approaches to labour organising")
    assert "not defined, because" in done.said
    assert "Strikes and collective action:" in done.said
    assert "Concerns:" in done.said
    assert "bootstrap over units, 50 resamples, seed 1" in done.said


def test_lines_name_their_group_and_options_reach_the_coefficient(study_file: Path) -> None:
    """A row of two keys is told by both; the threshold and the level stand in the note."""
    done = run(study_file, "--coders", "ana,ben", "--by", "voice,code", "--replicates", "20",
               "--coefficient", "overlap_f1", "--threshold", "0.9", "--level", "0.9")  # fmt: skip
    assert (done.code, "0.9 or more" in done.said) == (0, True)
    lines = [line for line in done.said.splitlines() if re.match(r".*: \d+ spans", line)]
    assert lines
    assert all(", " in line.partition(":")[0] for line in lines)
    done = run(study_file, "--coders", "ana,ben", "--threshold", "0")
    assert (done.code, "--threshold" in done.wrong) == (2, True)


def test_json_is_the_table_by_code(study_file: Path) -> None:
    """With null where a coefficient has no meaning, and the reason beside it."""
    done = run(study_file, "--coders", "ana,ben", "--coefficient", "percent,cohen_kappa", "--json")
    rows = json.loads(done.said)["rows"]
    assert rows["strike"]["disagreed"] == 2
    assert rows["strike"]["percent"] < 1
    assert rows["state_led"]["cohen_kappa"] is None
    assert "not defined, because" in rows["state_led"]["sentence"]


def test_wrong_names_are_answered_with_the_right_ones(study_file: Path) -> None:
    """Exit 2, no traceback."""
    done = run(study_file, "--coders", "ana,eva")
    assert (done.code, "there are rule, ana, ben" in done.wrong) == (2, True)
    done = run(study_file, "--coders", "ana,ben", "--coefficient", "omega")
    assert (done.code, "krippendorff_alpha" in done.wrong) == (2, True)


def test_the_policy_of_a_study_is_measured_on_its_people(study_file: Path) -> None:
    """The rule coder is no third person; a table carries the flag, a strict study refuses it."""
    change(study_file, "deciding_coder", "agreement: {alpha: 0.9, tentative: 0.95}\ndeciding_coder")
    tables = open_study(study_file).tables
    assert tables.policy is not None
    found = tables.policy.measured["approach", "strike"]
    assert (found.n_coders, found.reason) == (2, "")
    assert found.value < 0.9
    flags = evidence(tables, scheme="approach", code="strike").flags
    assert "Strikes and collective action" in flags[0]
    change(study_file, "tentative: 0.95}", "tentative: 0.95, strict: true, unit: paragraph}")
    strict = open_study(study_file).tables
    assert strict.policy is not None
    assert strict.policy.unit == "paragraph"
    with pytest.raises(AgreementError, match="approach/ngo_paralegal"):
        evidence(strict, scheme="approach", code="ngo_paralegal")


def test_a_policy_has_its_least_below_its_tentative_value(study_file: Path) -> None:
    """And no unit that is none."""
    change(study_file, "deciding_coder", "agreement: {alpha: 0.9, tentative: 0.8}\ndeciding_coder")
    with pytest.raises(InputError, match=r"alpha 0\.9 is above tentative 0\.8"):
        open_study(study_file)
    change(study_file, "tentative: 0.8}", "tentative: 0.95, unit: page}")
    with pytest.raises(InputError, match="unit"):
        open_study(study_file)


def test_the_appendix_has_a_table_for_each_scheme_that_two_people_read(study_file: Path) -> None:
    """Schemes that nobody read twice have none; the rule coder is in no table."""
    tables = agreement_tables(open_study(study_file))
    assert [each["id"] for each in tables] == ["tbl-appendix-agreement-approach-people"]
    assert tables[0]["title"].startswith("Agreement of ana and ben")
    assert "rule" not in json.dumps(tables[0]["note"])
    assert "bootstrap over sources" in tables[0]["note"]


def test_the_appendix_says_nothing_again_that_a_notebook_shows(study_file: Path) -> None:
    """The same scheme, unit and coders, by code; other views of them are no repetition."""
    opened = open_study(study_file)
    asked = {"scheme": "approach", "coders": "ana,ben", "coefficient": "percent", "replicates": 0}
    for unit, by, left in (
        ("sentence", "code", 0),
        ("document", "code", 1),
        ("sentence", "voice", 1),
    ):
        shown = table(agreement(opened.tables, unit=unit, by=by, **asked), name="x").content
        assert len(agreement_tables(opened, shown=[shown])) == left


def test_the_appendix_stands_between_codebook_and_evidence(
    study_file: Path, tmp_path: Path
) -> None:
    """In HTML and PDF, with numbered tables; without tables there is no such appendix."""
    study: Study = open_study(study_file)
    document = build_document([], title="T", question="Q?", agreement=agreement_tables(study))
    assert list(document.appendices) == ["sec-appendix-agreement"]
    assert [table.number for table in document.agreement] == [1]
    write_html(document, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Agreement of ana and ben" in page
    assert "Krippendorff" in page
    assert "Agreement of ana and ben" in typst_source(document)
    assert build_document([], title="T", question="Q?").appendices == {}
