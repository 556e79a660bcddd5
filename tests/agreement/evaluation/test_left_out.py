"""Models are judged on topics that they have not seen."""

from __future__ import annotations

import pytest

from tertium.agreement.evaluation.gold import LabelledText
from tertium.agreement.evaluation.left_out import train_and_judge
from tertium.errors import InputError
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source

pytest.importorskip("sklearn", reason="scikit-learn is not installed")
APPROACH = read_scheme("approach")


def text(number: int, words: str, *labels: str, topic: str = "") -> LabelledText:
    """One labelled text."""
    source = Source(f"t{number:02}", words, language="en")
    primary = labels[0] if labels else "none"
    return LabelledText("mine", source, labels, primary, topic or f"topic {number}")


TEXTS = [
    text(n, "The miners went on strike on Monday.", "strike")
    if n % 2
    else text(n, "The shop sells apples.")
    for n in range(20)
]


def test_each_text_is_judged_once():
    """One verdict a text and code, sorted, all by the learned coder."""
    _, table, coded = train_and_judge(TEXTS, APPROACH, penalty=1.0)
    strike = table[table["code"] == "strike"]
    assert strike["id"].tolist() == [one.source.id for one in TEXTS]
    assert set(table["coder"]) == {"learned"}
    assert (strike["gold"] == (strike["verdict"] == "present")).all()
    assert len(coded.codings) == 10


def test_what_is_said_of_one_topic_only_is_not_known_of_it():
    """A text is judged by models that saw no text of its topic: they have not learned the code."""
    texts = [
        text(n, "The miners went on strike.", "strike", topic="mines")
        if n % 2
        else text(n, "The shop sells apples.", topic="shops")
        for n in range(8)
    ]
    model, table, _ = train_and_judge(texts, APPROACH, penalty=1.0)
    assert "strike" in model.codes
    assert set(table.loc[table["code"] == "strike", "verdict"]) == {"not_searched"}


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ([text(n, "Rain.", topic="one") for n in range(3)], "topic_group"),
        ([text(n, "Rain.") for n in range(3)], "labels"),
    ],
)
def test_what_can_not_be_learned_from_is_refused(texts, field):
    """One topic, or labels that never vary, are a fault of the labelled texts."""
    with pytest.raises(InputError) as error:
        train_and_judge(texts, APPROACH, penalty=1.0)
    assert [fault.field for fault in error.value.faults] == [field]
