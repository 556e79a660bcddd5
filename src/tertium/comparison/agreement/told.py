"""What tables of agreement come to, in a sentence.

Comes in: results of `agreement`.
Goes out: sentences whose numbers are the tables' own, for the prose of a report.
"""

from __future__ import annotations

from tertium.comparison.result import Result

_TOGETHER = ("(all codes)", "(primary)")


def agreement_in_words(by_code: Result) -> str:
    """Which code is the weakest, where one stands out, and on how many units coders differ.

    Parameters
    ----------
    by_code : Result
        Of `agreement`, by code.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.Index(["strike", "(all codes)"], name="code")
    >>> frame = pd.DataFrame({"value": [0.5, 0.6], "low": [0.2, 0.3], "high": [0.7, 0.8],
    ...                       "units": [40, 40], "disagreed": [9, 12]}, index=index)
    >>> agreement_in_words(Result(frame, "", row_labels={"strike": "Strike"}))
    'Only Strike has a value, 0.50. On 12 of 40 units the sets of codes differ.'
    """
    frame = by_code.frame
    codes = frame.drop(index=list(_TOGETHER), errors="ignore").dropna(subset="value")
    said = []
    if codes.empty:
        said.append("For no code is the coefficient defined.")
    else:
        ordered = codes.sort_values("value", kind="stable")
        weakest, strongest = ordered.iloc[0], ordered.iloc[-1]
        name = by_code.row_labels.get(ordered.index[0], str(ordered.index[0]))
        value = f"{weakest['value']:.2f}"
        if len(codes) == 1:
            said.append(f"Only {name} has a value, {value}.")
        elif weakest["high"] < strongest["low"]:
            said.append(f"The weakest code is {name} with {value}.")
        else:
            said.append(
                f"No code stands out, for the intervals overlap; the lowest is {name} with {value}."
            )
    if "(all codes)" in frame.index:
        differing, units = (
            int(frame["disagreed"]["(all codes)"]),
            int(frame["units"]["(all codes)"]),
        )
        said.append(f"On {differing} of {units} units the sets of codes differ.")
    return " ".join(said)


def beside_in_words(documents: Result, sentences: Result, *, machine: str) -> str:
    """How far a machine agrees with those who read, over documents and over sentences.

    Parameters
    ----------
    documents, sentences : Result
        Of `agreement`, by pair, of the same coders.
    machine : str
        The coder whose pairs are told.

    Examples
    --------
    >>> import pandas as pd
    >>> index = pd.Index(["ana – ben", "ana – rule"], name="pair")
    >>> result = Result(pd.DataFrame({"value": [0.9, 0.5]}, index=index), "")
    >>> beside_in_words(result, result, machine="rule")
    'Between rule and those who read the coefficient is 0.50 over documents and 0.50 over
    sentences.'
    """
    over_documents, over_sentences = (_values(each, machine) for each in (documents, sentences))
    return (
        f"Between {machine} and those who read the coefficient is {over_documents} over documents "
        f"and {over_sentences} over sentences."
    )


def _values(by_pair: Result, machine: str) -> str:
    pairs = [pair for pair in by_pair.frame.index if machine in str(pair).split(" – ")]
    values = by_pair.frame.loc[pairs, "value"]
    return " and ".join("not defined" if each != each else f"{each:.2f}" for each in values)
