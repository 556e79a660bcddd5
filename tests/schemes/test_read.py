"""Scheme files: every fault at once, each with its line, field, finding and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.read import builtin_names, past_schemes, read_scheme

HEAD = """\
name: mini
version: 1.0.0
title: Mini
description: One code.
verdict: {text: One passage is enough., present: 0.6, undecided: 0.3}
"""
CODE = """\
codes:
  - id: strike
    label: Strike
    definition: Workers stop work.
    when_to_use: A stoppage is told.
    when_not_to_use: A metaphor.
    examples:
      - {text: They went on strike., coded: true}
      - {text: They went home., coded: false}
    indicators:
"""


def _write(folder: Path, text: str, name: str = "mini.yml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_scheme(path)
    return caught.value.faults


def _only_fault(folder: Path, text: str) -> Fault:
    (fault,) = _faults(_write(folder, text))
    return fault


def _past(folder: Path, name: str, version: str, title: str) -> None:
    text = (
        f"name: bread\nversion: {version}\ntitle: {title}\ndescription: One code.\n"
        "verdict: {text: One passage., present: 0.6, undecided: 0.3}\n"
        "codes:\n  - {id: riot, label: R, definition: d, when_to_use: u, when_not_to_use: n}\n"
    )
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_a_past_file_holds_its_lists_itself(tmp_path: Path) -> None:
    """A list file may change; the fault names the past file."""
    _past(tmp_path, "bread.yml", "1.1.0", "Bread")
    _past(tmp_path, "past/bread-1.0.0.yml", "1.0.0", "Bread")
    path = tmp_path / "past" / "bread-1.0.0.yml"
    path.write_text("lists_from: a.lists.yml\n" + path.read_text("utf-8"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        past_schemes(tmp_path / "bread.yml")
    (fault,) = caught.value.faults
    assert (fault.file.endswith("past/bread-1.0.0.yml"), fault.line) == (True, 1)


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ([("bread-1.0.0.yml", "1.0.0"), ("bread-1.0.0.yaml", "1.0.0")], "another file of this folder holds"),
        ([("bread-1.1.0.yml", "1.1.0")], "the scheme itself is 1.1.0, and says something else"),
        ([("bread-2.0.0.yml", "2.0.0")], "2.0.0 is later than the scheme's own 1.1.0"),
    ],
)  # fmt: skip
def test_a_past_file_that_is_none_is_a_fault(tmp_path: Path, files, found: str) -> None:
    """Two of one version, the present version with another text, and a later one."""
    _past(tmp_path, "bread.yml", "1.1.0", "Bread")
    for name, version in files:
        _past(tmp_path, f"past/{name}", version, "Other")
    with pytest.raises(InputError) as caught:
        past_schemes(tmp_path / "bread.yml")
    (fault,) = caught.value.faults
    assert found in fault.found
    assert "past" in fault.file


def test_a_file_becomes_a_scheme(tmp_path: Path):
    """A file with every needed key is read, given as a path or as words."""
    path = _write(tmp_path, HEAD + CODE + "      en: [{pattern: strike}]\n")
    assert read_scheme(path).code_ids == ("strike",)
    assert read_scheme(str(path)) == read_scheme(path)


def test_a_bare_word_is_an_indicator(tmp_path: Path):
    """The shorthand `- strike` means `- pattern: strike`."""
    short = read_scheme(_write(tmp_path, HEAD + CODE + "      en: [strike]\n", "a.yml"))
    full = read_scheme(_write(tmp_path, HEAD + CODE + "      en: [{pattern: strike}]\n", "b.yml"))
    assert short == full


def test_all_faults_come_at_once_with_their_lines(tmp_path: Path):
    """Three faults in three places are one error that names the three lines."""
    text = HEAD.replace("1.0.0", "one") + CODE.replace("label: Strike", "label: ''")
    text += "      en: [{pattern: strike, weight: 2}]\n"
    faults = _faults(_write(tmp_path, text))
    assert [fault.line for fault in faults] == [2, 8, 16]
    assert all(fault.found and fault.remedy and fault.field for fault in faults)


def test_a_fault_names_code_and_indicator(tmp_path: Path):
    """The field of a fault speaks of the code by its id and counts indicators from one."""
    fault = _only_fault(tmp_path, HEAD + CODE + "      en: [strike, {pattern: x, weight: 2}]\n")
    assert fault.field.startswith('code "strike", indicators.en')
    assert "number 2" in fault.field
    assert "2" in fault.found


def test_a_missing_key_is_named(tmp_path: Path):
    """What is not there is called missing, and the remedy is to write it."""
    text = HEAD.replace("title: Mini\n", "") + CODE + "      en: [strike]\n"
    fault = _only_fault(tmp_path, text)
    assert (fault.field, fault.found) == ("title", "is missing")


def test_an_unknown_key_is_named(tmp_path: Path):
    """A key that the model does not know is no key here."""
    fault = _only_fault(tmp_path, HEAD + "colour: red\n" + CODE + "      en: [strike]\n")
    assert (fault.line, fault.field, fault.found) == (6, "colour", "is no key here")


def test_a_doubled_key_is_refused(tmp_path: Path):
    """YAML would silently keep the second of two equal keys; the reader names it."""
    fault = _only_fault(tmp_path, HEAD + "title: Again\n" + CODE + "      en: [strike]\n")
    assert (fault.line, fault.field, fault.found) == (6, "title", "stands twice")


def test_every_doubled_key_is_named(tmp_path: Path):
    """Doubled keys at any depth come together."""
    text = HEAD + "title: Again\n" + CODE + "      en: [strike]\n      en: [strikes]\n"
    assert [fault.line for fault in _faults(_write(tmp_path, text))] == [6, 18]


def test_a_doubled_code_is_refused(tmp_path: Path):
    """Two codes with one id would make codings ambiguous."""
    text = (
        HEAD + CODE + "      en: [strike]\n" + CODE.replace("codes:\n", "") + "      en: [stop]\n"
    )
    fault = _only_fault(tmp_path, text)
    assert (fault.field, fault.found) == ('code "strike"', "stands twice")


def test_pattern_and_regex_exclude_each_other(tmp_path: Path):
    """An indicator has a pattern or a regular expression, not both and not neither."""
    text = HEAD + CODE + "      en: [strike, {pattern: a, regex: b}, {weight: 0.5}]\n"
    faults = _faults(_write(tmp_path, text))
    assert len(faults) == 2
    assert all("pattern or regex" in fault.found for fault in faults)


def test_a_broken_regex_is_refused(tmp_path: Path):
    """A regular expression that does not compile is a fault of the file."""
    fault = _only_fault(tmp_path, HEAD + CODE + "      en: [{regex: '(strike'}]\n")
    assert "does not compile" in fault.found


@pytest.mark.parametrize("pattern", ["*", "* *"])
def test_a_pattern_of_stars_alone_is_empty(tmp_path: Path, pattern: str):
    """A pattern that would match any word says nothing."""
    fault = _only_fault(tmp_path, HEAD + CODE + f"      en: ['{pattern}']\n")
    assert "empty" in fault.found


def test_an_unknown_list_is_named_with_those_that_are_there(tmp_path: Path):
    """A reference to a list that is not there says which there are in that language."""
    lists = "lists: {miners: {en: [miner*]}}\n"
    fault = _only_fault(tmp_path, HEAD + lists + CODE + '      en: ["@minors"]\n')
    assert "@minors" in fault.found
    assert "miners" in fault.remedy


def test_a_list_is_looked_up_in_its_language(tmp_path: Path):
    """A list that has English only can't serve a Russian indicator."""
    lists = "lists: {miners: {en: [miner*]}}\n"
    fault = _only_fault(
        tmp_path, HEAD + "languages: [en, ru]\n" + lists + CODE + '      ru: ["@miners"]\n'
    )
    assert "in ru" in fault.found


def test_a_list_inside_a_list_is_refused(tmp_path: Path):
    """Lists are flat: a reference inside a list is to be written out."""
    lists = 'lists: {miners: {en: [miner*]}, people: {en: ["@miners"]}}\n'
    fault = _only_fault(tmp_path, HEAD + lists + CODE + "      en: [strike]\n")
    assert "inside a list" in fault.found


def test_examples_of_both_kinds_are_needed(tmp_path: Path):
    """A code with indicators shows what must and what must not be coded."""
    text = HEAD + CODE.replace("      - {text: They went home., coded: false}\n", "")
    fault = _only_fault(tmp_path, text + "      en: [strike]\n")
    assert "must not be coded" in fault.found


def test_an_unknown_tactic_is_named(tmp_path: Path):
    """A tactic that the code does not define is a fault of the indicator."""
    fault = _only_fault(tmp_path, HEAD + CODE + "      en: [{pattern: strike, tactic: sit_in}]\n")
    assert "sit_in" in fault.found


def test_thresholds_stand_in_order(tmp_path: Path):
    """What is undecided lies below what is present."""
    text = HEAD.replace("undecided: 0.3", "undecided: 0.7") + CODE + "      en: [strike]\n"
    fault = _only_fault(tmp_path, text)
    assert fault.field == "verdict.undecided"


def test_shared_lists_come_from_a_file_beside_the_scheme(tmp_path: Path):
    """`lists_from` takes the lists of a neighbour; the scheme's own win over them."""
    _write(tmp_path, "lists: {a: {en: [x]}, b: {en: [y]}}\n", "some.lists.yml")
    text = HEAD + "lists_from: some.lists.yml\nlists: {b: {en: [z]}}\n" + CODE
    scheme = read_scheme(_write(tmp_path, text + '      en: ["@a", "@b"]\n'))
    assert scheme.lists["a"]["en"] == ("x",)
    assert scheme.lists["b"]["en"] == ("z",)


def test_several_files_may_give_one_list_in_several_languages(tmp_path: Path):
    """The languages of a list come together, whichever file each stands in."""
    _write(tmp_path, "lists: {a: {en: [x]}, b: {en: [y]}}\n", "some.lists.yml")
    _write(tmp_path, "lists: {a: {zh: [罢工]}}\n", "more.lists.yml")
    text = HEAD + "lists_from: [some.lists.yml, more.lists.yml]\n" + CODE
    scheme = read_scheme(_write(tmp_path, text + '      en: ["@a"]\n'))
    assert dict(scheme.lists["a"]) == {"en": ("x",), "zh": ("罢工",)}


def test_a_list_that_two_files_give_in_one_language_is_a_fault(tmp_path: Path):
    """Neither file wins over the other in silence."""
    for file in ("some", "more"):
        _write(tmp_path, "lists: {a: {en: [x]}}\n", f"{file}.lists.yml")
    text = HEAD + "lists_from: [some.lists.yml, more.lists.yml]\n" + CODE
    fault = _only_fault(tmp_path, text + '      en: ["@a"]\n')
    assert (fault.file, fault.field) == ("more.lists.yml", 'list "a", en')


@pytest.mark.parametrize(
    "name",
    [
        "../some.lists.yml",
        "/etc/some.lists.yml",
        "sub/some.lists.yml",
        "some.yml",
        "C:\\a.lists.yml",
    ],
)
def test_shared_lists_never_come_by_a_path(tmp_path: Path, name: str):
    """A scheme file can't reach out of its folder: only a plain file name is taken."""
    text = HEAD + f"lists_from: '{name}'\n" + CODE + "      en: [strike]\n"
    assert _only_fault(tmp_path, text).field == "lists_from"


def test_a_missing_list_file_is_a_fault(tmp_path: Path):
    """A list file that is not there is named."""
    text = HEAD + "lists_from: some.lists.yml\n" + CODE + "      en: [strike]\n"
    assert _only_fault(tmp_path, text).file == "some.lists.yml"


@pytest.mark.parametrize("text", ["codes: [", "a: b: c", "\tname: x"])
def test_what_is_no_yaml_is_one_fault_with_its_line(tmp_path: Path, text: str):
    """A file that YAML can't read gives one fault, no traceback."""
    fault = _only_fault(tmp_path, text)
    assert fault.line >= 1
    assert fault.remedy == "write valid YAML"


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n"])
def test_a_file_without_a_mapping_is_refused(tmp_path: Path, text: str):
    """An empty file, a list or bare words are no scheme."""
    assert "mapping" in _only_fault(tmp_path, text).found


def test_a_file_in_another_encoding_is_refused(tmp_path: Path):
    """Schemes are UTF-8; anything else is named with the remedy."""
    path = tmp_path / "mini.yml"
    path.write_bytes("title: Забастовка".encode("cp1251"))
    (fault,) = _faults(path)
    assert "UTF-8" in fault.remedy


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    """A missing file is a fault like any other."""
    (fault,) = _faults(tmp_path / "none.yml")
    assert "no such file" in fault.found


def test_yaml_makes_no_objects(tmp_path: Path):
    """A scheme file is data: a tag that asks for an object is refused."""
    fault = _only_fault(tmp_path, "name: !!python/object/apply:os.getcwd []\n")
    assert fault.remedy == "write valid YAML"


def test_a_shipped_scheme_comes_by_name_and_version():
    """A name, or a name with the shipped version, gives the scheme."""
    assert read_scheme("dimension@1.0.0") is read_scheme("dimension")


def test_another_version_is_refused():
    """A study that wants another version than the shipped one hears so."""
    with pytest.raises(UnknownNameError, match=r"1\.0\.0"):
        read_scheme("dimension@9.0.0")


def test_an_unknown_name_lists_what_is_shipped():
    """An unknown name is answered with the names that there are."""
    with pytest.raises(UnknownNameError, match="tier"):
        read_scheme("dimensions")


def test_list_files_are_no_schemes():
    """Files of shared lists are not offered as schemes."""
    assert "actors.lists" not in builtin_names()
    assert list(builtin_names()) == sorted(builtin_names())


def test_indicators_in_a_language_that_the_scheme_does_not_name_are_refused(tmp_path: Path):
    """A language is declared before it is searched."""
    fault = _only_fault(tmp_path, HEAD + CODE + "      sv: [strejk]\n")
    assert fault.found == "'sv' is not among the scheme's languages"


def test_an_earlier_version_is_read_by_its_number():
    """approach@1.0.0 is the scheme as it was; what is earlier than it is nothing."""
    earlier = read_scheme("approach@1.0.0")
    assert (earlier.reference, earlier.code_ids) == (
        "approach@1.0.0",
        read_scheme("approach").code_ids,
    )
    assert past_schemes("approach") == (earlier,)
    assert past_schemes("approach@1.0.0") == past_schemes("tier") == ()
    with pytest.raises(UnknownNameError, match=r"write approach@1\.1\.0 or approach@1\.0\.0"):
        read_scheme("approach@0.9.0")


def test_earlier_versions_stand_in_a_folder_beside_the_file(tmp_path: Path):
    """Oldest first by number; a file that holds another version than its name says is a fault."""
    body = CODE + "      en: [strike]\n"
    path = _write(tmp_path, HEAD.replace("1.0.0", "1.11.0") + body)
    assert past_schemes(path) == ()
    (tmp_path / "past").mkdir()
    for version in ("1.10.0", "1.9.0"):
        text = HEAD.replace("1.0.0", version) + body
        _write(tmp_path / "past", text, f"mini-{version}.yml")
    assert [one.version for one in past_schemes(path)] == ["1.9.0", "1.10.0"]
    _write(tmp_path / "past", HEAD + body, "mini-1.2.0.yml")
    with pytest.raises(InputError, match=r"mini-1\.2\.0\.yml, version: it holds mini@1\.0\.0"):
        past_schemes(path)


def test_a_history_is_read_with_its_lines(tmp_path: Path):
    """`from` and `to` take one id or several; faults name the line of the event."""
    body = HEAD.replace("1.0.0", "2.0.0") + CODE + "      en: [strike]\nhistory:\n"
    right = "  - {version: 1.1.0, code: strike, change: renamed, from: walkout}\n"
    (event,) = read_scheme(_write(tmp_path, body + right)).history
    assert (event.origin, event.target) == (("walkout",), ())
    wrong = "  - {version: 1.2.0, code: stirke, change: definition}\n"
    fault = _only_fault(tmp_path, body + right + wrong)
    assert (fault.field, fault.found) == (
        "history, number 2, code",
        "'stirke' is no code in 1.2.0",
    )
    assert fault.line == (body + right).count("\n") + 1


@pytest.mark.parametrize(
    ("parent", "found"),
    [("walkout", "'walkout' is no code"), ("strike", "the code stands above itself")],
)
def test_a_parent_is_another_code_of_the_scheme(tmp_path: Path, parent: str, found: str):
    """Unknown ids and circles are faults."""
    text = HEAD + CODE.replace("    label", f"    parent: {parent}\n    label")
    assert _only_fault(tmp_path, text + "      en: [strike]\n").found == found
