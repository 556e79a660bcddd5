"""A coder's readings of the same source, told apart by the readings that close them."""

from __future__ import annotations

from tertium.agreement.rereading import first_ends, first_readings, split_readings
from tertium.columns import CODINGS, READINGS, frame


def _coding(id_: str, created: str | None, source: str = "a", coder: str = "ana") -> dict:
    return {
        "coding_id": id_, "source_id": source, "coder": coder, "scheme": "approach",
        "code": "strike", "created": created, "start": 0, "end": 4,
    }  # fmt: skip


def _reading(created: str, source: str = "a", code: str | None = None) -> dict:
    return {
        "source_id": source, "coder": "ana", "scheme": "approach", "created": created,
        "code": code,
    }  # fmt: skip


def test_a_reading_of_the_whole_closes_what_was_coded_before_it() -> None:
    """What is coded later belongs to the next reading; what follows the last to none."""
    codings = frame(
        [
            _coding("first", "2026-01-01T10:00:00Z"),
            _coding("at the close", "2026-01-01T11:00:00Z"),
            _coding("second", "2026-06-01T10:00:00Z"),
            _coding("unfinished", "2026-07-01T10:00:00Z"),
            _coding("other", "2026-01-01T10:00:00Z", coder="ben"),
        ],
        CODINGS,
    )
    readings = frame([_reading("2026-06-01T11:00:00Z"), _reading("2026-01-01T11:00:00Z")], READINGS)
    coded, read, names = split_readings(codings, readings, scheme="approach", coder="ana")
    assert names == ["ana, reading 1", "ana, reading 2"]
    assert dict(zip(coded["coding_id"], coded["coder"], strict=True)) == {
        "first": names[0],
        "at the close": names[0],
        "second": names[1],
    }
    assert sorted(read["coder"]) == names


def test_a_source_read_once_has_one_reading() -> None:
    """A reading for one code closes nothing; nor does a source that was read once."""
    readings = frame(
        [_reading("2026-01-01T11:00:00Z"), _reading("2026-02-01T11:00:00Z", code="strike")],
        READINGS,
    )
    codings = frame([_coding("first", "2026-01-01T10:00:00Z")], CODINGS)
    coded, _, names = split_readings(codings, readings, scheme="approach", coder="ana")
    assert names == ["ana, reading 1"]
    assert list(coded["coder"]) == names


def test_readings_that_a_later_version_tells_code_by_code_still_close() -> None:
    """What the log says decides, not what the version in force made of it."""
    times = ["2026-01-01T11:00:00Z", "2026-06-01T11:00:00Z"]
    written = frame([_reading(each) for each in times], READINGS)
    in_force = frame([_reading(each, code="strike") for each in times], READINGS)
    codings = frame([_coding("second", "2026-05-01T10:00:00Z")], CODINGS)
    coded, read, names = split_readings(
        codings, in_force, scheme="approach", coder="ana", as_written=written
    )
    assert list(coded["coder"]) == [names[1]]
    assert sorted(read["coder"]) == names


def test_beside_others_the_first_reading_counts() -> None:
    """What was coded later is left out, of this coder, source and scheme alone."""
    times = ["2026-01-01T11:00:00Z", "2026-06-01T11:00:00Z"]
    readings = frame([*map(_reading, times), _reading(times[1], source="b")], READINGS)
    codings = frame(
        [
            _coding("first", times[0]),
            _coding("later", times[1]),
            _coding("read once", times[1], source="b"),
            _coding("other", times[1], coder="ben"),
            _coding("not dated", None),
        ],
        CODINGS,
    )
    ends = first_ends(readings, scheme="approach")
    assert ends == {("ana", "a"): times[0]}
    kept = first_readings(codings, ends, scheme="approach")
    assert list(kept["coding_id"]) == ["first", "read once", "other", "not dated"]
    assert first_readings(codings, ends, scheme="other") is not codings
    assert len(first_readings(codings, ends, scheme="other")) == len(codings)
