"""Codings written by hand: a table becomes lines of the log, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tertium.cli import cli
from tertium.coding.logs.by_hand import NEEDED, OPTIONAL, Standard, Written, lines_by_hand
from tertium.coding.logs.lines import coding_line
from tertium.coding.logs.log import CODINGS, Line, append, as_lines, read_log
from tertium.errors import InputError
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Scheme
from tertium.sources.files.rows import table_rows
from tertium.sources.source import Source
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study

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


def test_what_a_row_can_not_say_is_refused() -> None:
    """A reading that is none, a reading's stance, a place too large, and names of nobody."""
    assert faults("source_id,read\nfirst,no\n")[0].startswith("line 2, read")
    said = faults("source_id,code,quote,stance,confidence\nfirst,,,planned,0.5\n")
    assert [each.split(":")[0] for each in said] == ["line 2, confidence", "line 2, stance"]
    large = faults(f"source_id,code,quote,nth\nfirst,strike,struck,{'9' * 5000}\n")
    assert large[0].startswith("line 2, nth")
    assert len(large[0]) < 200
    for name in ("gold", "reference"):
        said = faults("source_id\nfirst\n", standard=Standard(coder=name, scheme="approach"))
        assert said[0].startswith("line 2, coder")


def test_one_source_is_not_present_and_undecided() -> None:
    """Both verdicts on one code of one source, in one table or against the log, are a fault."""
    present, undecided = "first,strike,present\n", "first,strike,undecided\n"
    head = "source_id,code,verdict\n"
    assert faults(head + present + undecided)[0].startswith("line 3, verdict: undecided")
    log = tuple(as_lines(read(head + undecided).lines))
    assert faults(head + present, log=log)[0].startswith("line 2, verdict: present")


def test_a_closed_text_is_not_shown_in_a_fault() -> None:
    """Where the text may not be passed on, only places are told."""
    near = faults("source_id,code,quote\nsecond,strike,工人罢工啦\n")[0]
    assert "from 0 to" in near
    assert "罢" not in near


def test_a_new_version_is_read_anew_and_takes_the_place_of_what_is_stale() -> None:
    """A reading of the former version is written again; a stale coding is replaced, once."""
    now = read_scheme("approach")
    former = now.model_copy(update={"version": "0.9.0"})
    touched = {"version": now.version, "code": "strike", "change": "boundary", "note": "All."}
    event = type(now.history[0]).model_validate(touched)
    now = now.model_copy(update={"history": (event,)})

    def lines(scheme: Scheme, log: list[Line]) -> list[dict[str, Any]]:
        table = "source_id,code,quote\nfirst,strike,struck\nfirst,ngo_paralegal,They\nfirst,,\n"
        rows, _ = table_rows(table, (*NEEDED, *OPTIONAL), file="a.csv", optional=OPTIONAL)
        return lines_by_hand(
            rows, sources=SOURCES, schemes=[scheme], log=log, standard=ANA, file="a.csv"
        ).lines

    log = as_lines(lines(former, []))
    again = lines(now, log)
    assert [(line["kind"], line.get("code")) for line in again] == [
        ("coding", "strike"),
        ("reading", None),
    ]
    assert again[0]["replaces"] == [log[0].id]
    assert lines(now, [*log, *as_lines(again)]) == []


def test_import_stops_at_a_broken_log(tmp_path: Path) -> None:
    """What can't be read is named and nothing written; a line cut short is only told."""
    write_skeleton(tmp_path / "mine")
    study = next((tmp_path / "mine/data/studies").glob("*.yml"))
    table = tmp_path / "hand.csv"
    table.write_text("source_id\nexample-centre\n", encoding="utf-8")
    log = tmp_path / "mine/data/codings/ana/example-centre.jsonl"
    log.parent.mkdir(parents=True)
    order = ["import", str(table), "--study", str(study), "--coder", "ana", "--scheme", "approach"]
    log.write_text('{"kind": "note"}\n', encoding="utf-8")
    broken = CliRunner().invoke(cli, order)
    assert broken.exit_code != 0
    assert log.read_text(encoding="utf-8") == '{"kind": "note"}\n'
    log.write_text('{"kind": "cod\n', encoding="utf-8")
    told = CliRunner().invoke(cli, order)
    assert (told.exit_code, "unfinished" in told.output) == (0, True)


def test_what_no_longer_fits_its_text_is_taken_back(tmp_path: Path) -> None:
    """The check says how, and the verb does it; a study's name is enough for both."""
    write_skeleton(tmp_path / "mine")
    study = open_study(next((tmp_path / "mine/data/studies").glob("*.yml")))
    line = coding_line(study.collection.sources[0], None, study.schemes[0], "strike", coder="ana")
    append(study.root / CODINGS, [{**line, "text_sha256": "0" * 64}])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(study.root)
        before = CliRunner().invoke(cli, ["check", study.name])
        assert "tertium retract STUDY --coder ana" in before.output
        CliRunner().invoke(cli, ["retract", study.name, "--coder", "ana"])
        assert "nothing wrong" in CliRunner().invoke(cli, ["check", study.name]).output
