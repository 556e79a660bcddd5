"""The queue in a notebook: a widget where there is a browser, its text form everywhere.

Comes in: nothing but the script and style beside this module.
Goes out: the widget's class, and what a notebook keeps of it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from tertium.agreement.adjudication.read import script, style
from tertium.errors import MissingLibraryError


@cache
def widget_class() -> Any:
    """The class of the widget.

    Raises
    ------
    MissingLibraryError
        anywidget is not installed.
    """
    try:
        import anywidget
    except ImportError:
        raise MissingLibraryError(
            "to show the queue, install anywidget: pip install 'tertium[lab]'"
        ) from None

    class QueueWidget(anywidget.AnyWidget):
        """The browser's side; the text travels in messages, so no notebook keeps it."""

        _esm = script()
        _css = style()

    return QueueWidget


def mime_bundle(plain: str, widget: Callable[[], Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a notebook shows: the widget, and always the same plain text."""
    try:
        shown = widget()._repr_mimebundle_()
    except MissingLibraryError as error:
        return {"text/plain": f"{plain}\n{error}"}, {}
    data, metadata = shown if isinstance(shown, tuple) else (shown or {}, {})
    return {**data, "text/plain": plain}, dict(metadata)
