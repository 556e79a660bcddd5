"""The parameters of a notebook: what its tagged cell declares, and whether values fit.

A notebook and values come in. Checked parameters go out, or every fault at once.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tertium.errors import Fault, InputError

TAG = "parameters"
INJECTED_TAG = "injected-parameters"
FORM = 'write one line each: scheme: str = "approach"  # which coding scheme'
TYPES = "write str, int, float, bool, None, list[...] or a union of them with |"

_TYPES: Mapping[str, type] = {"str": str, "int": int, "float": float, "bool": bool, "list": list}
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class NotebookParameter:
    """A value that a notebook may be run with.

    Parameters
    ----------
    name : str
    annotation : str
        Its type as the cell writes it.
    default : str, int, float, bool, None or list
        The value without which the notebook's kept outputs would differ.
    meaning : str
        The comment on its line.
    """

    name: str
    annotation: str
    default: Any
    meaning: str

    def accepts(self, value: Any) -> bool:
        """Whether the value is of the parameter's type."""
        return _fits(ast.parse(self.annotation, mode="eval").body, value)

    def value_of(self, text: str) -> Any:
        """A word from the command line as a value; the word itself where no type takes it.

        Examples
        --------
        >>> NotebookParameter("limit", "int | None", None, "").value_of("12")
        12
        """
        candidates: list[Any] = [text]
        try:
            candidates.insert(0, ast.literal_eval(text))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            if text.lower() in _TRUTHS:
                candidates.insert(0, _TRUTHS[text.lower()])
        if self.accepts(text):
            return text
        return next((value for value in candidates if self.accepts(value)), text)


def notebook_parameters(notebook: Mapping[str, Any], *, file: str) -> tuple[NotebookParameter, ...]:
    """The parameters that a notebook's tagged cell declares.

    Parameters
    ----------
    notebook : NotebookNode
    file : str
        Its name, for messages.

    Raises
    ------
    InputError
        With every fault: no tagged cell or several, a line that is no declaration, a value
        that is derived from another, a value that is not of its type, a name twice.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> cell = new_code_cell('scheme: str = "approach"  # which', metadata={"tags": ["parameters"]})
    >>> notebook_parameters(new_notebook(cells=[cell]), file="a.ipynb")[0].default
    'approach'
    """
    tagged = [
        (number, cell)
        for number, cell in enumerate(notebook["cells"], start=1)
        if TAG in cell.get("metadata", {}).get("tags", ())
    ]
    faults = [
        Fault(file, 0, f"cell {number}", "its values were injected by an earlier run", remedy)
        for number, cell in enumerate(notebook["cells"], start=1)
        for remedy in ["run the notebook that it was made from"]
        if INJECTED_TAG in cell.get("metadata", {}).get("tags", ())
    ]
    if not tagged:
        faults.append(Fault(file, 0, "", f"no cell is tagged {TAG!r}", "tag the second cell"))
    if len(tagged) > 1:
        places = ", ".join(str(number) for number, _ in tagged)
        faults.append(Fault(file, 0, "", f"cells {places} are tagged {TAG!r}", "tag one cell"))
    found: list[NotebookParameter] = []
    for number, cell in tagged:
        if cell["cell_type"] != "code":
            remedy = "tag a code cell"
            faults.append(Fault(file, 0, f"cell {number}", "it is tagged but is no code", remedy))
            continue
        for declared in _declarations(cell["source"]):
            if isinstance(declared, NotebookParameter):
                if declared.name in {each.name for each in found}:
                    declared = (0, f"{declared.name!r} is declared twice", "keep one")
                else:
                    found.append(declared)
                    continue
            line, what, remedy = declared
            place = f"cell {number}, line {line}" if line else f"cell {number}"
            faults.append(Fault(file, 0, place, what, remedy))
    if faults:
        raise InputError(faults)
    return tuple(found)


def value_faults(
    parameters: Iterable[NotebookParameter], values: Mapping[str, Any], *, file: str
) -> list[Fault]:
    """What is wrong with values for a notebook: names that it lacks, values of another type."""
    known = {parameter.name: parameter for parameter in parameters}
    faults = []
    for name, value in values.items():
        if name not in known:
            there = f"there are {', '.join(known)}" if known else "the notebook has none"
            faults.append(Fault(file, 0, "parameters", f"{name!r} is no parameter", there))
        elif not known[name].accepts(value):
            found = f"{value!r} is no {known[name].annotation}"
            remedy = f"write a {known[name].annotation}, such as {known[name].default!r}"
            faults.append(Fault(file, 0, f"parameters, {name}", found, remedy))
    return faults


_Declared = NotebookParameter | tuple[int, str, str]


def _declarations(source: str) -> Iterator[_Declared]:
    """Each line of the cell as a parameter, or as line, what was found, what would be right."""
    try:
        tree = ast.parse(source)
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, tokenize.TokenError, ValueError) as error:
        yield getattr(error, "lineno", 0) or 0, "it is no plain Python", FORM
        return
    comments = {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}
    lines: set[int] = set()
    for statement in tree.body:
        line = statement.lineno
        if line in lines:
            yield line, "two statements stand in one line", FORM
            continue
        lines.add(line)
        written = ast.unparse(statement).partition("\n")[0]
        if (
            not isinstance(statement, ast.AnnAssign)
            or not isinstance(statement.target, ast.Name)
            or statement.value is None
        ):
            yield line, f"{written!r} is no typed value", FORM
            continue
        name, annotation = statement.target.id, ast.unparse(statement.annotation)
        try:
            default = ast.literal_eval(statement.value)
        except (ValueError, TypeError, SyntaxError):
            remedy = "write the value itself; what follows from it is computed in a later cell"
            yield line, f"{name!r} is derived: {ast.unparse(statement.value)}", remedy
            continue
        if not _is_type(statement.annotation):
            yield line, f"{name!r} has the type {annotation}", TYPES
        elif not _fits(statement.annotation, default):
            yield line, f"{name!r} is {default!r}, which is no {annotation}", "mend either"
        else:
            comment = comments.get(statement.end_lineno or line, "")
            yield NotebookParameter(name, annotation, default, comment)


def _is_type(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _is_type(node.left) and _is_type(node.right)
    if isinstance(node, ast.Subscript):
        of_list = isinstance(node.value, ast.Name) and node.value.id == "list"
        return of_list and _is_type(node.slice)
    if isinstance(node, ast.Name):
        return node.id in _TYPES
    return isinstance(node, ast.Constant) and node.value is None


def _fits(node: ast.expr, value: Any) -> bool:
    """Whether a value is of the type that an annotation names; a whole number is a float too."""
    if isinstance(node, ast.BinOp):
        return _fits(node.left, value) or _fits(node.right, value)
    if isinstance(node, ast.Subscript):
        return isinstance(value, list) and all(_fits(node.slice, each) for each in value)
    if isinstance(node, ast.Name):
        if isinstance(value, bool) or node.id == "bool":
            return isinstance(value, bool) and node.id == "bool"
        if isinstance(value, int) and node.id == "float":
            return True
        return isinstance(value, _TYPES[node.id])
    return value is None
