"""Short citations and the bibliography tell works of one author and year apart alike."""

from __future__ import annotations

import re

from tertium.comparison.passages import Passages
from tertium.report.running.inputs import references_file
from tertium.report.typesetting import pandoc
from tertium.sources.manifest import cited_keys
from tertium.study import open_study

LETTER = re.compile(r"(?:\d{4}|n\.d\.-)([a-z])(?![a-z])")


def test_letters_of_the_shipped_study_are_those_of_its_bibliography() -> None:
    """Whatever citeproc writes behind a year, the tables' citation of that publication has."""
    study = open_study("labour-organising")
    passages = Passages(study.tables)
    keys = {
        source_id: cited_keys(str(row["citation_key"]))
        for source_id, row in passages.sources.items()
        if isinstance(row["citation_key"], str)
    }
    single = {source_id: each[0] for source_id, each in keys.items() if len(each) == 1}
    cited = sorted({key for each in keys.values() for key in each})
    blocks = [
        {"t": "Para", "c": [{"t": "Str", "c": f"{key}::"}, {"t": "Space"}, pandoc.cite([key])]}
        for key in cited
    ]
    references = references_file(study).read_text(encoding="utf-8")
    page = pandoc.write(blocks, "html", references=references, cited=cited)
    text = re.sub(r"<[^>]+>", "", page)
    letters = {key: LETTER.findall(said) for key, said in re.findall(r"(\S+):: (\(.*?\))", text)}
    assert any(letters.values())
    for source_id, key in single.items():
        assert LETTER.findall(passages.cited_as(source_id)) == letters[key], (source_id, key)
