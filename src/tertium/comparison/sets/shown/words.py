"""Sets, terms and cases in words.

Comes in: a plan's labels, the names of cases, and expressions.
Goes out: what a reader sees, such as "workers stopped work, and not: an NGO helped".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tertium.comparison.sets.expressions.expression import Expression
from tertium.sources.listed.set_plans import literal_parts

Implicant = tuple[int | None, ...]

ALWAYS = "any combination"
# Where sets have degrees the lower of two memberships can be above 0 though no combination is
# left in the formula: a case can be partly in a set and partly in its absence.
BY_LOGIC = (
    "Where sets have degrees, numbers are of the lower of the memberships; the formula is their "
    "logical form, which can be shorter, or empty though cases are partly in both."
)


@dataclass(frozen=True)
class Words:
    """What is said in place of the names of sets and the ids of cases.

    Parameters
    ----------
    labels : mapping of str to str
        By set, what is so where it is present.
    levels : mapping of str to int
        How many values each set has.
    absent : mapping of str to str
        By set, what is so where it is absent, where the plan says it.
    names : mapping of str to str
        By case.
    values : mapping of str to mapping of int to str
        By set with several values, the word of each, where the plan has words.

    Examples
    --------
    >>> words = Words({"STRIKE": "workers stopped work", "NGO": "an NGO helped"},
    ...               {"STRIKE": 2, "NGO": 2}, {}, {"a": "Honda"})
    >>> words.term((1, 0), ["STRIKE", "NGO"])
    'workers stopped work, and not: an NGO helped'
    >>> words.cases(["a"])
    'Honda'
    """

    labels: Mapping[str, str]
    levels: Mapping[str, int]
    absent: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def literal(self, name: str, values: Iterable[int]) -> str:
        """One set with the values that it may have."""
        allowed = sorted(values)
        label = self.labels.get(name, name)
        if self.levels.get(name, 2) > 2:
            known = self.values.get(name, {})
            return f"{label}: {' or '.join(known.get(each, str(each)) for each in allowed)}"
        if allowed == [0]:
            return self.absent.get(name, f"not: {label}")
        return label if allowed == [1] else f"{label} or not"

    def term(self, implicant: Implicant, conditions: Sequence[str]) -> str:
        """A combination of conditions."""
        told = [
            self.literal(name, [value])
            for name, value in zip(conditions, implicant, strict=True)
            if value is not None
        ]
        return ", and ".join(told) or ALWAYS

    def expression(self, expression: Expression) -> str:
        """Combinations, joined by "or"."""
        told = [
            ", and ".join(self.literal(name, values) for name, values in term.items()) or ALWAYS
            for term in expression.terms
        ]
        return "; or ".join(told) or "no combination"

    def outcome(self, outcome: str) -> str:
        """The outcome, or its absence, in words."""
        name, value, is_absent = literal_parts(outcome)
        if value is not None:
            said = self.literal(name, [value])
            return f"not: {said}" if is_absent else said
        return self.literal(name, [0 if is_absent else 1])

    def case(self, case_id: str) -> str:
        """The name of a case."""
        return self.names.get(case_id, case_id)

    def cases(self, case_ids: Iterable[str]) -> str:
        """Names of cases, in the order given."""
        return "; ".join(self.case(each) for each in case_ids)

    def several(self, case_ids: Sequence[str], *, most: int) -> str:
        """Names of the first cases, and how many more there are; "none" of no case.

        Examples
        --------
        >>> Words({}, {}).several(["a", "b", "c"], most=2), Words({}, {}).several([], most=2)
        ('a; b; and 1 more', 'none')
        """
        more = len(case_ids) - most
        told = self.cases(case_ids[:most]) or "none"
        return f"{told}; and {more} more" if more > 0 else told


def counted(number: int, one: str, several: str | None = None) -> str:
    """A number with its noun.

    Examples
    --------
    >>> counted(1, "case"), counted(3, "case")
    ('1 case', '3 cases')
    """
    return f"{number} {one if number == 1 else several or one + 's'}"


def rows_in_words(numbers: Sequence[int]) -> str:
    """Rows of a truth table by number.

    Examples
    --------
    >>> rows_in_words([3]), rows_in_words([3, 7])
    ('row 3', 'rows 3 and 7')
    """
    told = [str(each) for each in numbers]
    if len(told) == 1:
        return f"row {told[0]}"
    return f"rows {', '.join(told[:-1])} and {told[-1]}"


def in_order(expression: Expression, conditions: Sequence[str]) -> Expression:
    """The same expression with the sets of each term in the order of the conditions."""
    names = [name for name in conditions if name in expression.levels]
    return Expression.of(
        [{name: term[name] for name in names if name in term} for term in expression.terms],
        {name: expression.levels[name] for name in names},
    )
