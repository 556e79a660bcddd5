"""The queue of a study: its logs are read, and as whom decisions are written is settled.

Comes in: a study, a scheme, the names of two coders or more.
Goes out: an `Adjudication`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from tertium.agreement.adjudication.gold import Recorder
from tertium.agreement.adjudication.items import find_places, refuse_coders
from tertium.agreement.adjudication.queue import Adjudication, amount, refuse_broken
from tertium.coding.coder import Coded
from tertium.coding.logs.in_force import in_force
from tertium.coding.logs.line_kinds import is_coder_name
from tertium.coding.logs.log import CODINGS, Line, read_log, standing
from tertium.coding.logs.replay import replay
from tertium.coding.logs.stale import stale_codings, waived_in
from tertium.errors import UnknownNameError, VersionError
from tertium.schemes.scheme import Scheme

if TYPE_CHECKING:
    from tertium.study import Study

ResultName = Literal["gold", "reference"]
RESULT_NAMES: tuple[str, ...] = get_args(ResultName)


def adjudicate(
    study: Study,
    scheme: str,
    *,
    coders: Sequence[str],
    overlap: float,
    as_: ResultName | None = None,
    adjudicator: str | None = None,
) -> Adjudication:
    """Where coders of a study differ, to be settled with reasons; what holds becomes the gold.

    What the coders wrote stays as it is. What they agree on and what is decided become lines of
    a log of their own: of the coder ``gold``, or, where one of the coders is a model, of
    ``reference``, which is never called gold.

    Parameters
    ----------
    study : Study
        From `tertium.open_study`; the texts that it reads are looked at.
    scheme : str
        Name of one of its schemes.
    coders : sequence of str
        Two or more who have logs in ``data/codings``.
    overlap : float
        Coders agree on a passage where what they marked overlaps by this share (Jaccard) or
        more. The passage of the coder who marked more is taken then.
    as_ : {"gold", "reference"}, optional
        What the result is called; by default what it has to be called.
    adjudicator : str, optional
        Who decides; required to decide anything.

    Raises
    ------
    UnknownNameError
        No such scheme or coder, or a result that may not be called so.
    InputError, ChecksumError, VersionError
        A log is broken, or was made on another text or with another version of the scheme.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> study = open_study("labour-organising")
    >>> adjudicate(study, "approach", coders=["reading-1", "reading-2"], overlap=0.5)
    Adjudication of approach@1.1.0: reading-1 and reading-2, reference
    39 differences: 39 decided, 0 open
    500 places agreed on (overlap of 0.5 or more)

    ``.decide(item, "ana", reason="…")`` settles one that is open.
    """
    refuse_coders(coders)
    wanted = {each.name: each for each in study.schemes}
    if scheme not in wanted:
        raise UnknownNameError(f"the study has no scheme {scheme!r}; it has {', '.join(wanted)}")
    folder = study.root / CODINGS
    lines, faults = read_log(folder, shown=CODINGS)
    refuse_broken(faults)
    sources = study.collection.sources
    coded = replay(
        [line for line in lines if line.coder in {*coders}],
        sources=sources,
        schemes=[wanted[scheme]],
    )
    _refuse_stale(coded, lines, wanted[scheme])
    places = find_places(
        in_force(coded, [wanted[scheme]]),
        sources=sources,
        scheme=wanted[scheme],
        coders=coders,
        overlap=overlap,
    )
    return Adjudication(
        places,
        recorder=_recorder(wanted[scheme], lines, coders, as_),
        folder=folder,
        owners={
            line.id: line.coder
            for line in standing(lines)
            if line.kind == "coding" and line.coder not in RESULT_NAMES
        },
        readers={
            (line.source_id, line.coder)
            for line in standing(lines)
            if line.kind == "reading" and line.content["scheme"] == scheme
        },
        overlap=overlap,
        adjudicator=None if adjudicator is None else _name(adjudicator),
        notes=[str(fault) for fault in faults],
    )


def _recorder(
    scheme: Scheme, lines: Sequence[Line], coders: Sequence[str], as_: str | None
) -> Recorder:
    """As whom lines are written: what people agree on is gold, all else a reference."""
    machines = sorted(
        {
            line.coder
            for line in lines
            if line.coder in coders and line.content["coder_kind"] != "human"
        }
    )
    name = "reference" if machines else "gold"
    if as_ is not None and as_ not in RESULT_NAMES:
        raise UnknownNameError(f"as_={as_!r}; write one of: {', '.join(RESULT_NAMES)}")
    if as_ == "gold" and machines:
        raise UnknownNameError(
            f"{' and '.join(machines)} {'is a model' if len(machines) == 1 else 'are models'}: "
            "what is settled between them is a reference and never gold; write reference"
        )
    if as_ == "reference" and not machines:
        raise UnknownNameError("all of these coders are people: what they settle is gold")
    if twice := sorted(set(coders) & set(RESULT_NAMES)):
        raise UnknownNameError(f"{twice[0]!r} is what is settled between coders, and no coder")
    return Recorder(scheme, name, "model" if machines else "human")


def _refuse_stale(coded: Coded, lines: Sequence[Line], scheme: Scheme) -> None:
    """Codings made under another meaning of their code: settled now, they would claim this one."""
    stale = stale_codings(
        coded.codings, waived_in(standing(lines)), [scheme], readings=coded.readings
    )
    if not stale.empty:
        listed = ", ".join(
            sorted({f"{row.coder} in {row.source_id}" for row in stale.itertuples()})
        )
        raise VersionError(
            f"{amount(len(stale), 'coding')} made before a code of {scheme.reference} changed: "
            f"{listed}; let their coders read again, or waive them, with a reason"
        )


def _name(adjudicator: Any) -> str:
    if not is_coder_name(adjudicator):
        raise UnknownNameError(f"adjudicator {adjudicator!r}: write small letters, digits, _ and -")
    return str(adjudicator)
