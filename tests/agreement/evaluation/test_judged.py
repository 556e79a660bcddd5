"""A coder's verdicts are put beside labels."""

from __future__ import annotations

import pytest

from tertium.agreement.evaluation.gold import LabelledText
from tertium.agreement.evaluation.judged import chosen, judge, judged
from tertium.coding.coding import coding_row, reading_row
from tertium.errors import UnknownNameError
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span


class Quoter:
    """A model that codes the first word and quotes it in its memo."""

    name, version, kind = "quoter", "1", "model"

    def code(self, source, units, scheme):
        signature = {"coder": self.name, "coder_version": self.version, "coder_kind": self.kind}
        row = coding_row(source, Span(0, 3), scheme, "strike", memo=source.text, **signature)
        readings = [reading_row(source, scheme, code, **signature) for code in scheme.code_ids]
        return [row], readings


def labelled(text: str, *labels: str, id_: str = "a") -> LabelledText:
    """A labelled English text."""
    return LabelledText("mine", Source(id_, text, language="en"), labels, None, id_)


def test_any_coder_can_be_judged():
    """A coder that meets the protocol is judged like the rules; a model's memo is not kept."""
    table, coded = judge([labelled("They met.")], read_scheme("approach"), coder=Quoter())
    given = table.loc[table["verdict"] == "present", ["code", "coder", "coder_kind", "patterns"]]
    assert given.fillna("").to_numpy().tolist() == [["strike", "quoter", "model", ""]]
    assert coded.codings["memo"].tolist() == ["They met."]


def test_rules_name_their_patterns():
    """The patterns of a rule stand beside its verdict."""
    table, _ = judge([labelled("The miners went on strike.", "strike")], read_scheme("approach"))
    row = table[table["code"] == "strike"].iloc[0]
    assert (row["verdict"], bool(row["gold"])) == ("present", True)
    assert row["patterns"]


def test_codes_stand_in_the_scheme_s_order():
    """Whatever the order of texts, rows are sorted by id and the codes as the scheme has them."""
    scheme = read_scheme("approach")
    table, _ = judge([labelled("x", id_="b"), labelled("y", id_="a")], scheme)
    assert table["id"].tolist() == ["a"] * 5 + ["b"] * 5
    assert judged(table).codes == scheme.code_ids


def test_parts_are_chosen_by_name(five):
    """A corpus or a choice of languages that is not there is refused with what there is."""
    arrays = judged(five)
    assert len(chosen(arrays, languages="searched")) == 4
    with pytest.raises(UnknownNameError, match="there are all, mine"):
        chosen(arrays, corpus="yours")
    with pytest.raises(UnknownNameError, match="there are all, searched"):
        chosen(arrays, languages="en")
