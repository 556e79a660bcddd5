"""The grammar of expressions: from text to terms, with a plain word where text is none.

Comes in: text such as "~(A + B*~C[2])", the sets that may be named, how many values they have.
Goes out: its terms, brackets multiplied out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from tertium.comparison.sets.expressions.terms import Term, absorbed, product
from tertium.comparison.sets.minimisation.budget import Budget, BudgetSpentError
from tertium.errors import UnknownNameError

TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<values>\[[^\[\]]*\])|(?P<sign>[~*+()01]))"
)
VALUES = re.compile(r"\s*\d+(?:\s*,\s*\d+)*\s*")
DEEPEST = 100
# Steps to multiply brackets out; a few seconds.
STEPS = 1_000_000


class Token(NamedTuple):
    """One sign, name or list of values, and where it begins, counted from 1."""

    kind: str
    text: str
    at: int


@dataclass(frozen=True)
class Node:
    """A part of an expression as written: "or", "and", "not" of parts, or a literal."""

    kind: str
    parts: tuple[Node, ...] = ()
    name: str = ""
    values: frozenset[int] = frozenset()


class Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str, sets: frozenset[str] | None, levels: Mapping[str, int]) -> None:
        self.text = text
        self.tokens = self.split()
        self.sets = sets
        self.levels = self.counted(levels)
        self.next = 0
        self.depth = 0

    def refused(self, at: int, what: str) -> UnknownNameError:
        """Return the error that says where the text is wrong, and what would be right."""
        return UnknownNameError(f'in "{self.text}", at {at}: {what}')

    def split(self) -> list[Token]:
        """Return the tokens, and one more that marks the end."""
        found, place = [], 0
        end = len(self.text.rstrip())
        while place < end:
            match = TOKEN.match(self.text, place)
            if not match:
                at = place + len(self.text[place:]) - len(self.text[place:].lstrip()) + 1
                raise self.refused(
                    at,
                    f"{self.text[at - 1]!r} has no meaning here; an expression has names of sets, "
                    "* for and, + for or, ~ for not, brackets, and [1,2] for values",
                )
            kind = match.lastgroup or ""
            found.append(Token(kind, match[kind], match.start(kind) + 1))
            place = match.end()
        return [*found, Token("end", "", end + 1)]

    def counted(self, given: Mapping[str, int]) -> dict[str, int]:
        """Return how many values each named set has: as given, else from the values written."""
        counts: dict[str, int] = {}
        for token, follower in zip(self.tokens, self.tokens[1:], strict=False):
            if token.kind != "name":
                continue
            written = self.values(follower) if follower.kind == "values" else frozenset({1})
            seen = max(2, max(written) + 1)
            counts[token.text] = given.get(token.text, max(seen, counts.get(token.text, 2)))
        return counts

    def values(self, token: Token) -> frozenset[int]:
        """Return the whole numbers between square brackets."""
        inside = token.text[1:-1]
        if not VALUES.fullmatch(inside):
            raise self.refused(token.at, f"{token.text} holds no values; write some, as in [1,2]")
        return frozenset(int(value) for value in inside.split(","))

    def whole(self) -> Node:
        """Read all of it."""
        if self.tokens[0].kind == "end":
            raise self.refused(1, "there is nothing; write at least the name of a set")
        found = self.either()
        token = self.tokens[self.next]
        if token.text == ")":
            raise self.refused(token.at, 'this bracket was never opened; leave it out or write "("')
        if token.kind != "end":
            raise self.refused(token.at, f"{token.text!r} follows without * or +")
        return found

    def taken(self, sign: str) -> bool:
        """Step over a sign if it is the next one."""
        found = self.tokens[self.next].text == sign
        self.next += found
        return found

    def either(self) -> Node:
        """Read a disjunction."""
        parts = [self.both()]
        while self.taken("+"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Node("or", tuple(parts))

    def both(self) -> Node:
        """Read a conjunction."""
        parts = [self.one()]
        while self.taken("*"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else Node("and", tuple(parts))

    def one(self) -> Node:
        """Read a literal, a bracket, or the negation of either."""
        token = self.tokens[self.next]
        self.next += 1
        if token.text in ("~", "("):
            self.depth += 1
            if self.depth > DEEPEST:
                raise self.refused(token.at, f"more than {DEEPEST} brackets in one another")
            found = Node("not", (self.one(),)) if token.text == "~" else self.inside(token)
            self.depth -= 1
            return found
        if token.kind == "name":
            return self.literal(token)
        if token.text in ("0", "1"):
            return Node("and" if token.text == "1" else "or")
        found_text = repr(token.text) if token.kind != "end" else "the end"
        raise self.refused(token.at, f'{found_text} stands where a set, "~" or "(" was awaited')

    def inside(self, opened: Token) -> Node:
        """Read what stands between brackets."""
        found = self.either()
        if not self.taken(")"):
            if self.tokens[self.next].kind != "end":
                token = self.tokens[self.next]
                raise self.refused(token.at, f"{token.text!r} follows without * or +")
            raise self.refused(opened.at, 'this bracket is not closed; write ")"')
        return found

    def literal(self, token: Token) -> Node:
        """Read a set with the values it may take."""
        name, follower = token.text, self.tokens[self.next]
        if self.sets is not None and name not in self.sets:
            there = ", ".join(sorted(self.sets))
            raise self.refused(token.at, f"there is no set {name!r}; there are {there}")
        count = self.levels[name]
        if follower.kind != "values":
            if count > 2:
                raise self.refused(
                    token.at, f"{name} has {count} values; say which, as in {name}[{count - 1}]"
                )
            return Node("literal", name=name, values=frozenset({1}))
        self.next += 1
        values = self.values(follower)
        if max(values) >= count:
            raise self.refused(
                follower.at, f"{name} has no value {max(values)}; its values are 0 to {count - 1}"
            )
        return Node("literal", name=name, values=values)


def read(
    text: str, *, sets: Iterable[str] | None, levels: Mapping[str, int] | None, most: int
) -> tuple[list[Term], dict[str, int]]:
    """Read a text: its terms, brackets multiplied out, and how many values each set has."""
    reader = Reader(text, None if sets is None else frozenset(sets), levels or {})
    whole, budget = reader.whole(), Budget(STEPS)
    try:
        terms = multiplied_out(whole, reader.levels, present=True, most=most, budget=budget)
    except BudgetSpentError:
        raise reader.refused(
            1, "its brackets take too long to multiply out; take a part of it"
        ) from None
    return terms, reader.levels


def multiplied_out(
    node: Node, levels: Mapping[str, int], *, present: bool, most: int, budget: Budget
) -> list[Term]:
    """Return the terms of a part of an expression, or of its negation.

    Terms stay as they were written where only "or" joins them; those that came from brackets are
    left out where another one says more.
    """
    if node.kind == "literal":
        values = node.values if present else frozenset(range(levels[node.name])) - node.values
        if len(values) == levels[node.name]:
            return [Term({})]
        return [Term({node.name: values})] if values else []
    options: dict[str, Any] = {"most": most, "budget": budget}
    if node.kind == "not":
        return multiplied_out(node.parts[0], levels, present=not present, **options)
    parts = [multiplied_out(part, levels, present=present, **options) for part in node.parts]
    if (node.kind == "or") == present:
        return [term for part in parts for term in part]
    found = [Term({})]
    for part in parts:
        found = product(found, part, **options)
    return absorbed(found, budget=budget)
