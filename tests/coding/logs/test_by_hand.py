"""Codings written by hand: a table becomes lines of the log, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from tertium.cli import cli
from tertium.coding.logs.by_hand import NEEDED, OPTIONAL, Standard, Written, lines_by_hand
from tertium.coding.logs.log import Line, as_lines, read_log
from tertium.errors import InputError
from tertium.schemes.read import read_scheme
from tertium.sources.files.rows import table_rows
from tertium.sources.source import Source
from tertium.start.skeleton import write_skeleton

SOURCES = [
    Source("first", "The “workers” went\non strike. They struck.", facts={"licence": "CC BY 4.0"}),
    Source("second", "工人\n罢工了。", language="zh", facts={"licence": "all rights reserved"}),
]
ANA = Standard(coder="ana", scheme="approach")


def read(table: str, *, log: tuple[Line, ...] = (), standard: Standard = ANA) -> Written:
    """Return the lines of a table."""
    rows, faults = table_rows(table, (*NEEDED, *OPTIONAL), file="hand.csv", optional=OPTIONAL)
    assert faults == []
    return lines_by_hand(
        rows,
        sources=SOURCES,
        schemes=[read_scheme("approach"), read_scheme("claim")],
        log=log,
        standard=standard,
        file="hand.csv",
    )


def faults(table: str, **more: object) -> list[str]:
    """Return the faults of a table, without its name."""
    with pytest.raises(InputError) as caught:
        read(table, **more)  # type: ignore[arg-type]
    return [str(fault).removeprefix("hand.csv, ") for fault in caught.value.faults]


def test_a_quote_becomes_a_coding_of_the_originals_span() -> None:
    """The line holds what the source says, not what was typed; a closed text is not quoted."""
    made = read(
        "source_id,code,quote,stance,confidence,memo\n"
        'first,strike,"""workers"" went on strike",planned,0.5,so\n'
        "second,strike,工人罢工,,,\n"
    )
    first, second = made.lines
    assert first["quote"] == "“workers” went\non strike"
    assert (first["start"], first["end"]) == (4, 28)
    assert (first["stance"], first["confidence"], first["memo"]) == ("planned", 0.5, "so")
    assert (first["coder"], first["coder_kind"]) == ("ana", "human")
    assert (second["start"], second["end"], "quote" in second) == (0, 5, False)


def test_a_row_without_a_quote_is_of_the_whole_source() -> None:
    """Present is a coding, absent a reading, undecided a coding that leaves it open."""
    made = read(
        "source_id,code,quote,verdict\nfirst,strike,,present\nfirst,ngo_paralegal,,absent\n"
        "first,state_led,,undecided\nsecond,,,\n"
    ).lines
    assert [(line["kind"], line["code"], line.get("value")) for line in made] == [
        ("coding", "strike", None),
        ("reading", "ngo_paralegal", None),
        ("coding", "state_led", "undecided"),
        ("reading", None, None),
    ]
    assert {line["start"] for line in made} == {None}


def test_a_table_of_sources_says_what_was_read() -> None:
    """So does a yes in the column read; one source is read once."""
    assert [line["kind"] for line in read("source_id\nfirst\nsecond\n").lines] == ["reading"] * 2
    made = read(
        "source_id,code,quote,read,blind\nfirst,strike,on strike,yes,no\nfirst,strike,struck,yes,\n"
    )
    assert [(line["kind"], line.get("blind")) for line in made.lines] == [
        ("coding", False),
        ("reading", False),
        ("coding", None),
    ]
    assert len(made.skipped) == 1


def test_columns_say_what_the_options_leave_open() -> None:
    """Coder and scheme may stand in the table; a scheme with its version is the same scheme."""
    made = read(
        "source_id,code,quote,coder,scheme\nfirst,strike,struck,ben,approach@1.1.0\n"
        "first,wages,struck,,claim\n",
        standard=Standard(coder="ana", kind="model", blind=True),
    ).lines
    assert [(line["coder"], line["scheme"], line["coder_kind"], line["blind"]) for line in made] == [
        ("ben", "approach", "model", True),
        ("ana", "claim", "model", True),
    ]  # fmt: skip


def test_every_fault_is_named_at_once() -> None:
    """Each with its line and column; a quote that is not there with the nearest passage."""
    table = """source_id,code,quote,nth,stance,confidence,verdict,coder,scheme,read
gone,strike,x,,,,,,,
first,strikes,struck,,,,,,,
first,strike,on stirke,,,,,,,
first,strike,t,,,,,,,
first,strike,struck,2,,,,,,
first,strike,struck,x,,,,,,
first,strike,struck,,maybe,,,,,
first,strike,struck,,,2,,,,
first,strike,struck,,,much,,,,
first,strike,struck,,,,absent,,,
first,strike,,,,,,,,
first,strike,,,,,maybe,,,
first,,struck,,,,,,,
first,strike,struck,,,,,../ana,,
first,strike,struck,,,,,rule,,
first,strike,struck,,,,,,outcome,
first,strike,struck,,,,,,approach@1.0.0,
first,strike,,1,,,present,,,perhaps
"""
    found = faults(table)
    assert [fault.split(":")[0] for fault in found] == [
        "line 2, source_id",
        "line 3, code",
        "line 4, quote",
        "line 5, quote",
        "line 6, nth",
        "line 7, nth",
        "line 8, stance",
        "line 9, confidence",
        "line 10, confidence",
        "line 11, verdict",
        "line 12, quote",
        "line 13, verdict",
        "line 14, code",
        "line 15, coder",
        "line 16, coder",
        "line 17, scheme",
        "line 18, scheme",
        "line 19, nth",
        "line 19, read",
    ]
    assert found[2] == (
        "line 4, quote: it does not stand there; the nearest passage is “on strike”, at 19; "
        "copy it from the source"
    )
    assert "it stands there 3 times: at 17" in found[3]
    assert faults("source_id,code,quote\nfirst,strike,struck\n", standard=Standard()) == [
        "line 2, coder: nobody is named; say --coder, or fill the column coder",
        "line 2, scheme: none is named; say --scheme, or fill the column scheme",
    ]


def test_what_stands_is_not_written_twice() -> None:
    """A second import of the table writes nothing and says so, also where a detail differs."""
    table = "source_id,code,quote,stance\nfirst,strike,struck,\nfirst,,,\n"
    log = tuple(as_lines(read(table).lines))
    again = read(table.replace("struck,", "struck,planned"), log=log)
    assert again.lines == []
    assert again.skipped == [
        "hand.csv, line 2: strike in first by ana stands already, with another stance; retract it "
        "first if it should change",
        "hand.csv, line 3: a reading of first by ana stands already",
    ]
    assert len(read(table, log=log, standard=Standard("ben", "approach")).lines) == 2


def test_nobody_holds_a_code_absent_and_codes_it() -> None:
    """In one table, or against what stands."""
    coded = "source_id,code,quote,verdict\nfirst,strike,struck,\n"
    absent = "first,strike,,absent\n"
    fault = "line 3, verdict: absent, but ana gives the code to first"
    assert faults(coded + absent)[0].startswith(fault)
    log = tuple(as_lines(read(coded).lines))
    assert len(faults("source_id,code,quote,verdict\n" + absent, log=log)) == 1


def test_a_coder_stays_of_one_kind() -> None:
    """Who is a person in the log is no model in a table."""
    log = tuple(as_lines(read("source_id\nfirst\n").lines))
    (fault,) = faults("source_id\nsecond\n", log=log, standard=Standard("ana", "approach", "model"))
    assert "ana is human in the log, and model here" in fault


def test_import_writes_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the quotes, appends once, and leaves the log alone on any fault."""
    write_skeleton(tmp_path / "first")
    monkeypatch.chdir(tmp_path / "first")
    table = tmp_path / "hand.csv"
    rows = "source_id,code,quote\nexample-centre,strike,about 300 dock workers  went on strike\n"
    call = ["import", str(table), "--study", "first", "--coder", "ana", "--scheme", "approach"]
    folder = tmp_path / "first" / "data" / "codings"

    def run(*more: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, [*call, *more])
        return result.exit_code, str(result.exception or result.stderr)

    table.write_text(rows + "example-centre,strike,no such words\n", encoding="utf-8")
    code, said = run()
    assert code == 1
    assert "hand.csv, line 3, quote: it does not stand there" in said
    assert not folder.exists()
    table.write_text(rows + "example-centre,,\n", encoding="utf-8")
    assert run("--dry-run") == (0, "1 coding, 1 reading; would write into data/codings/ana\n")
    assert not folder.exists()
    assert run("--blind") == (0, "1 coding, 1 reading; wrote into data/codings/ana\n")
    before = (folder / "ana" / "example-centre.jsonl").read_bytes()
    code, said = run()
    assert said.splitlines()[-1] == "0 codings, 0 readings, 2 stood already; wrote nothing"
    assert (folder / "ana" / "example-centre.jsonl").read_bytes() == before
    lines, wrong = read_log(folder, shown="data/codings")
    assert [line.content["blind"] for line in lines] == [True, True]
    assert wrong == []
