"""Cases, the sources that tell them and what is known of them: every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tertium.sources.listed.cases import read_cases

CASES = "id,name,kind,country,region,sector,start,end\n"
LINKS = "case_id,source_id,start,end\n"
FACTS = "case_id,attribute,value,unit,what,basis\n"
GOOD = {
    "cases.csv": CASES + "strike,Strike at a port,episode,,,,2010-05,..\n",
    "sources.csv": LINKS + "strike,a,,\nstrike,b,0,10\n",
    "facts.csv": FACTS + "strike,actor,dockers,,,key 3\nstrike,number,1-10,days,lasted,key 4\n",
}


def faults(folder: Path, **changed: str) -> list[str]:
    """The faults of a folder of good files, some of them changed; sources a and b are listed."""
    for name, text in GOOD.items():
        (folder / name).write_text(changed.get(name.removesuffix(".csv"), text), encoding="utf-8")
    _, found = read_cases(folder, shown="cases", sources={"a", "b", "c"}, lengths={"b": 10})
    return [str(fault) for fault in sorted(found)]


def test_good_files_have_no_faults(tmp_path):
    """Open ends, ranges and places up to a text's last character are right."""
    assert faults(tmp_path) == []
    (tmp_path / "facts.csv").unlink()
    _, found = read_cases(tmp_path, shown="cases", sources=None, lengths={})
    assert found == []


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",No id,episode,,,,,", "id"),
        ("strike,Again,episode,,,,,", "id"),
        ("b,,episode,,,,,", "name"),
        ("b,B,series,,,,,", "kind"),
        ("b,B,episode,,,,May 2010,", "start"),
        ("b,B,episode,,,,2012,2010-05", "end"),
    ],
)
def test_each_fault_of_a_case_is_named(tmp_path, row, field):
    """Ids, names, kinds and dates are checked one by one."""
    links = GOOD["sources.csv"] + "b,c,,\n"
    found = faults(tmp_path, cases=f"{GOOD['cases.csv']}{row}\n", sources=links)
    assert any(fault.startswith(f"cases/cases.csv, line 3, {field}: ") for fault in found)


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        ("other,a,,", "case_id", "'other' is not there"),
        ("strike,x,,", "source_id", "'x' is not there"),
        ("strike,a,,", "", "line 2 says the same"),
        ("strike,b,900,5", "end", "5 is not behind the start, 900"),
        ("strike,b,5,5", "end", "5 is not behind the start, 5"),
        ("strike,b,3,11", "end", "11 is behind the end of b; write 10 at most"),
        ("strike,b,3,", "end", "it is empty, and start is not"),
        ("strike,b,,3", "start", "it is empty, and end is not"),
        ("strike,b,-1,3", "start", "'-1' is no position"),
        ("strike,b,one,3", "start", "'one' is no position"),
    ],
)
def test_each_fault_of_a_link_is_named(tmp_path, row, field, said):
    """References have to be there, and a stretch has to lie within its text."""
    found = faults(tmp_path, sources=f"{GOOD['sources.csv']}{row}\n")
    place = f"cases/sources.csv, line 4, {field}: " if field else "cases/sources.csv, line 4: "
    assert any(fault.startswith(place + said) for fault in found)


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("other,actor,x,,,key", "case_id"),
        ("strike,demand,x,,,key", "attribute"),
        ("strike,actor,x,,,", "basis"),
        ("strike,actor,,,,key", "value"),
        ("strike,number,many,,,key", "value"),
        ("strike,number,,,,key", "value"),
        ('strike,number,"1,000",,,key', "value"),
    ],
)
def test_each_fault_of_a_fact_is_named(tmp_path, row, field):
    """A fact is of a known case and attribute, has a value and a basis; numbers are numbers."""
    found = faults(tmp_path, facts=f"{GOOD['facts.csv']}{row}\n")
    assert [fault.split(":")[0] for fault in found] == [f"cases/facts.csv, line 4, {field}"]


def test_references_into_a_broken_table_are_not_called_wrong(tmp_path):
    """A header that does not fit is one fault, not one more for each row that refers to it."""
    found = faults(tmp_path, cases=GOOD["cases.csv"].replace("id,", "key,", 1))
    assert [fault.split(":")[0] for fault in found] == [
        "cases/cases.csv, line 1, id",
        "cases/cases.csv, line 1, key",
    ]
