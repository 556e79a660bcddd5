"""Values stated case by case: each has a reason, and a passage or a citation."""

from __future__ import annotations

import pytest

from tertium.sources.listed.stated import number_of, read_stated, stated_key_faults

HEADER = "case_id,set,value,reason,source_id,quote,citation,coder,coder_kind,model\n"
GOOD = "c1,won,full,All was granted.,s1,They got it.,,ana,human,\n"


def read(tmp_path, *lines, header=HEADER):
    """Rows and faults, as text, of a table with these lines."""
    path = tmp_path / "stated.csv"
    path.write_text(header + "".join(lines), encoding="utf-8")
    rows, faults = read_stated(path, shown="stated.csv", cases={"c1", "c2"}, sources={"s1", "s2"})
    return rows, [str(each) for each in faults]


def test_sound_rows_have_no_fault(tmp_path):
    """A passage, a second one, a citation, and nothing said: all may stand."""
    rows, faults = read(
        tmp_path,
        GOOD,
        "c1,won,full,Also here.,s2,Granted.,,ana,human,\n",
        'c2,won,none,Refused.,,,"li2010, page 4",ana,human,\n',
        "c2,strike,not_stated,The text does not say.,,,,m1,model,not known\n",
    )
    assert faults == []
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("c1,won,full,,s1,Q,,ana,human,", "line 2, reason: it is empty"),
        ("c9,won,full,R,s1,Q,,ana,human,", "case_id: 'c9' is not there"),
        ("c1,won,full,R,s9,Q,,ana,human,", "source_id: 's9' is not there"),
        ("c1,won,full,R,s1,,,ana,human,", "quote: a source is named, and no passage"),
        ("c1,won,full,R,,Q,,ana,human,", "source_id: a passage is quoted"),
        ("c1,won,full,R,,,,ana,human,", "citation: nothing shows the value"),
        ("c1,won,full,R,,,li2010,ana,human,", "citation: 'li2010' names no place"),
        ("c1,won,not_stated,R,s1,Q,,ana,human,", "quote: a passage is quoted for what is not"),
        ("c1,won,not_stated,,,,,ana,human,", "reason: it is empty"),
        ("c1,won,full,R,s1,Q,,ana,person,", "coder_kind: 'person' is no kind of coder"),
        ("c1,won,full,R,s1,Q,,,human,", "coder: it is empty"),
        ("c1,won,full,R,s1,Q,,m1,model,", "model: it is empty"),
        ("c1,won,full,R,s1,Q,,ana,human,gpt", "model: a human coder has none"),
        ("c1,,full,R,s1,Q,,ana,human,", "set: it is empty"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, line, fault):
    """Each mistake is named with line and column, and no other is."""
    faults = read(tmp_path, line + "\n")[1]
    assert len(faults) == 1
    assert fault in faults[0]


def test_two_values_of_one_case_contradict_each_other(tmp_path):
    """The second row is at fault and names the first; the same said twice is a fault as well."""
    faults = read(tmp_path, GOOD, GOOD.replace("full", "none"), GOOD)[1]
    assert "line 3, value: 'none', but line 2 states 'full'" in faults[0]
    assert "line 4: line 2 says the same" in faults[1]
    assert len(faults) == 2


def test_a_checksum_stands_with_a_place_and_without_a_quote(tmp_path):
    """A text that may not be passed on is quoted by place and checksum."""
    header = HEADER.replace("model\n", "model,start,end,quote_sha256\n")
    sound = "c1,won,full,R,s1,,,ana,human,,3,9,abc\n"
    assert read(tmp_path, sound, header=header)[1] == []
    for line, fault in (
        ("c1,won,full,R,s1,,,ana,human,,,9,abc\n", "start: it is empty"),
        ("c1,won,full,R,s1,,,ana,human,,x,9,abc\n", "start: 'x' is no position"),
        ("c1,won,full,R,s1,Q,,ana,human,,3,9,abc\n", "quote_sha256: it stands beside the quote"),
        ("c1,won,full,R,s1,Q,,ana,human,,3,9,\n", "start: a place without quote_sha256"),
    ):
        assert fault in read(tmp_path, line, header=header)[1][0]


def test_unknown_citation_keys_are_told(tmp_path):
    """Every key of a citation is looked up in the bibliography."""
    rows, _ = read(tmp_path, 'c1,won,full,R,,,"li2010|wu2012, notes",ana,human,\n')
    (fault,) = stated_key_faults(rows, {"li2010"}, file="stated.csv")
    assert "'wu2012' is no key" in str(fault)


@pytest.mark.parametrize("text", ["", "1e3", "nan", "inf", " 1", "1_000", "٣", "1.", ".5", "+1"])
def test_only_plain_numbers_are_numbers(text):
    """What Python would take for a number and a reader would not is none."""
    assert number_of(text) is None
