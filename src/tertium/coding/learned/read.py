"""A model file is read.

Comes in: a path.
Goes out: the learned model, or every fault of the file.
"""

from __future__ import annotations

from pathlib import Path

from tertium.coding.learned.model import LearnedModel, parse_model
from tertium.errors import Fault, InputError


def read_model(path: str | Path) -> LearnedModel:
    """The model that `tertium train` wrote to `path`."""
    file = Path(path)
    remedy = "give a file that tertium train wrote"
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError:
        raise InputError([Fault(file.name, 0, "", "the file can't be read", remedy)]) from None
    except UnicodeDecodeError:
        raise InputError([Fault(file.name, 0, "", "it is not UTF-8", remedy)]) from None
    return parse_model(text, file=file.name)
