"""The cells of a reliability table as indices of values, and the distinct ways to code a unit.

Comes in: a DataFrame or array of numbers or words. Goes out: whole numbers, -1 where missing.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, NoReturn

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tertium.errors import Fault, InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.signedinteger[Any]]

MISSING = -1
# Keys below this are counted in an array; above it they are sorted or hashed.
COUNTED_KEYS = 1 << 22
# Numbers that span less than this need no hashing.
SPAN = 1 << 15


def refuse(field_name: str, found: str, remedy: str) -> NoReturn:
    """Raise what is wrong with a reliability table, or with what is asked of it."""
    raise InputError([Fault("reliability table", 0, field_name, found, remedy)])


def as_numbers(values: Iterable[Any]) -> Floats | None:
    """Return values as floats, or None where one of them is no finite number.

    Examples
    --------
    >>> as_numbers([1, 2.5]).tolist(), as_numbers(["a", 1])
    ([1.0, 2.5], None)
    """
    found = np.asarray(values)
    if found.dtype.kind == "O" and any(isinstance(one, str | bytes) for one in found.tolist()):
        return None
    if found.dtype.kind not in "biufO":
        return None
    try:
        numbers = found.astype(float)
    except (TypeError, ValueError):
        return None
    return numbers if np.isfinite(numbers).all() else None


def cells_of(reliability: pd.DataFrame | NDArray[Any]) -> NDArray[Any]:
    """Return the cells as an array, coders in rows; refuses what has no rows and columns."""
    if isinstance(reliability, pd.DataFrame):
        kinds = {dtype.kind for dtype in reliability.dtypes}
        plain = all(isinstance(dtype, np.dtype) for dtype in reliability.dtypes)
        cells = (
            reliability.to_numpy()
            if plain and kinds <= set("iuf")
            else reliability.to_numpy(dtype=object)
        )
    else:
        cells = np.asarray(reliability)
    if cells.ndim != 2:
        refuse("shape", f"{cells.ndim} dimensions", "give one row a coder, one column a unit")
    return _widest(cells)


def _widest(cells: NDArray[Any]) -> NDArray[Any]:
    """Return numbers in eight bytes, so that no difference of two of them overflows."""
    if cells.dtype.kind == "f":
        return cells.astype(np.float64, copy=False)
    if cells.dtype == np.uint64 and cells.size and cells.max() > np.iinfo(np.int64).max:
        return cells.astype(object)
    return cells.astype(np.int64, copy=False) if cells.dtype.kind in "iu" else cells


def order_of(reliability: Any) -> list[Any] | None:
    """Return the categories of an ordered Categorical that all units share; None without one.

    Examples
    --------
    >>> kind = pd.CategoricalDtype(["low", "high"], ordered=True)
    >>> order_of(pd.DataFrame([["low", "low"], ["low", None]]).astype(kind))
    ['low', 'high']
    """
    kinds = set(reliability.dtypes) if isinstance(reliability, pd.DataFrame) else set()
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    if not (isinstance(kind, pd.CategoricalDtype) and kind.ordered):
        return None
    return list(kind.categories)


def codes_of(cells: NDArray[Any]) -> tuple[Ints, NDArray[Any]]:
    """Return the index of each cell's value, -1 where missing, and the values, sorted."""
    if cells.dtype.kind in "iuf" and (found := _small_integers(cells)) is not None:
        return found
    flat = cells.reshape(-1)
    if cells.dtype.kind in "US":
        flat = flat.astype(object)
    try:
        codes, values = pd.factorize(flat, use_na_sentinel=True)
    except TypeError:
        many = next(one for one in flat.tolist() if not isinstance(one, Hashable))
        refuse("cell", repr(many), "give one value a cell; for several labels a cell use set_alpha")
    values = np.asarray(values)
    if any(isinstance(one, float) and np.isinf(one) for one in values.tolist()):
        refuse("cell", "an infinite number", "give finite numbers, NaN where nobody coded")
    order = np.array(_sorted_order(values), dtype=np.int64)
    place = np.empty(len(order) + 1, dtype=np.int64)
    place[order] = np.arange(len(order))
    place[-1] = MISSING
    return place[codes].reshape(cells.shape), values[order]


def _sorted_order(values: NDArray[Any]) -> Any:
    if values.dtype.kind in "biuf":
        return np.argsort(values, kind="stable")
    listed = values.tolist()
    try:
        return sorted(range(len(listed)), key=listed.__getitem__)
    except TypeError:
        return sorted(range(len(listed)), key=lambda i: (type(listed[i]).__name__, listed[i]))


def _small_integers(cells: NDArray[Any]) -> tuple[Ints, NDArray[Any]] | None:
    """Return codes without hashing where all values are whole numbers close to each other."""
    if not cells.size:
        return np.zeros(cells.shape, dtype=np.int64), np.zeros(0)
    low, high = np.fmin.reduce(cells, axis=None), np.fmax.reduce(cells, axis=None)
    if not (np.isfinite(low) and np.isfinite(high)):
        return None
    if not (low == int(low) and int(high) - int(low) < SPAN):
        return None
    present = ~np.isnan(cells) if cells.dtype.kind == "f" else np.ones(cells.shape, dtype=bool)
    shifted = np.where(present, cells - low, -1)
    codes = shifted.astype(np.int32)
    if not (codes == shifted).all():
        return None
    seen = np.bincount(codes.reshape(-1) + 1, minlength=int(high - low) + 2)[1:] > 0
    values = np.flatnonzero(seen) + low
    if seen.all():
        return codes, values
    place = np.append(np.cumsum(seen) - 1, MISSING)
    return place[codes], values


def in_given_order(
    codes: Ints, values: NDArray[Any], categories: Sequence[Any]
) -> tuple[Ints, NDArray[Any]]:
    """Return codes and values in the order of the categories; refuses values that are none."""
    listed = list(categories)
    position = {one: index for index, one in enumerate(listed)}
    if len(position) != len(listed):
        refuse("categories", "one stands twice", "list each category once")
    strange = [one for one in values.tolist() if one not in position]
    if strange:
        refuse("values", f"{some(strange)} are no categories", f"use {some(listed)}")
    place = np.array([position[one] for one in values.tolist()] + [MISSING], dtype=np.int64)
    given = np.empty(len(listed), dtype=object)
    given[:] = listed
    numbers = as_numbers(given)
    return place[codes], given if numbers is None else numbers


def collapse(codes: Ints, n_values: int, units: Ints | None) -> tuple[Ints, Ints]:
    """Return the distinct columns of coders x units, without the empty one, and their number."""
    n_coders, n_units = codes.shape
    radix = n_values + 1
    if not n_coders or not n_units:
        return np.zeros((0, n_coders), dtype=np.int64), np.zeros(0, dtype=np.int64)
    if radix**n_coders <= min(COUNTED_KEYS, 8 * n_units + 1024):
        key = np.zeros(n_units, dtype=np.int32)
        for coder in codes:
            key *= radix
            key += coder + 1
        found = np.bincount(key, weights=units, minlength=radix**n_coders)
        kept = np.flatnonzero(found)
        rows = np.stack(np.unravel_index(kept, (radix,) * n_coders), axis=1) - 1
        number = found[kept].astype(np.int64)
    else:
        first, number = _hashed(codes, radix, units)
        rows = codes[:, first].T.astype(np.int64)
    any_coding = (rows != MISSING).any(axis=1)
    return rows[any_coding], number[any_coding]


def _hashed(codes: Ints, radix: int, units: Ints | None) -> tuple[Ints, Ints]:
    """Return where each distinct column first stands, and how many there are of it."""
    key = codes[0].astype(np.int64)
    for coder in codes[1:]:
        key = pd.factorize(key)[0] * radix + coder + 1
    labels, kinds = pd.factorize(key)
    number = np.bincount(labels, weights=units, minlength=len(kinds)).astype(np.int64)
    first = np.full(len(kinds), len(labels))
    np.minimum.at(first, labels, np.arange(len(labels)))
    return first, number


def some(values: Iterable[Any]) -> str:
    """Return the first three of some values, for a message.

    Examples
    --------
    >>> some([1, "a"]), some(range(9))
    ("1, 'a'", '0, 1, 2, …')
    """
    first = list(values)[:4]
    listed = [repr(one.item() if isinstance(one, np.generic) else one) for one in first]
    return ", ".join(listed[:3]) + (", …" if len(listed) > 3 else "")
