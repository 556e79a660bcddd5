"""A scheme's own examples, run as tests of its indicators.

Comes in: a scheme.
Goes out: one fault for each example that the rule coder does not code as the scheme says.
"""

from __future__ import annotations

from collections.abc import Iterator

from tertium.coding.classify import classify
from tertium.coding.coder import code
from tertium.errors import Fault
from tertium.offsets import canonical
from tertium.schemes.scheme import Code, Example, Scheme
from tertium.sources.source import Source


def check_scheme(scheme: Scheme, *, file: str = "") -> list[Fault]:
    """The examples of a scheme that its indicators get wrong.

    An example that must be coded has to get the verdict present, one that must not any
    other. Examples in a language for which the code has no indicators are not run.

    Parameters
    ----------
    scheme : Scheme
    file : str, optional
        The scheme's file, for the faults.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> check_scheme(read_scheme("approach"))
    []
    """
    shown = file or f"{scheme.name}.yml"
    return sorted(fault for one in scheme.codes for fault in _check_code(scheme, one, shown))


def _check_code(scheme: Scheme, code_: Code, shown: str) -> Iterator[Fault]:
    for number, example in enumerate(code_.examples, start=1):
        if not code_.indicators.get(example.language):
            continue
        verdict = _example_verdict(scheme, code_, example)
        if (verdict == "present") != example.coded:
            wanted = "must" if example.coded else "must not"
            yield Fault(
                shown,
                0,
                f'code "{code_.id}", example {number}',
                f"read as {example.language} it is {verdict} but {wanted} be coded: "
                f"{example.text[:80]!r}",
                "change the indicators, the example, or its language",
            )


def _example_verdict(scheme: Scheme, code_: Code, example: Example) -> str:
    source = Source(id="example", text=canonical(example.text), language=example.language,
                    markup="markdown")  # fmt: skip
    codings, readings = code([source], [scheme])
    verdicts = classify(codings, [source], scheme, readings=readings)
    return str(verdicts.loc[verdicts["code"] == code_.id, "verdict"].iloc[0])
