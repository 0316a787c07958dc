"""A table that says how it was made: its settings stand below it when it prints itself."""

from __future__ import annotations

import html
from collections.abc import Collection, Hashable, Mapping
from typing import Any, cast

import pandas as pd

_MOST_LISTED = 8
_HASH_LETTERS = 12


class Result(pd.DataFrame):
    """A plain table whose ``attrs`` hold its settings, and which prints them below itself.

    Everything that pandas does with a table works; what pandas carries ``attrs`` along to
    (rows, columns, sorting) prints them too. ``pandas.DataFrame(result)`` is the table alone.
    """

    @property
    def _constructor(self) -> type[Result]:
        return Result

    @property
    def settings(self) -> dict[str, Any]:
        """How the table was made: formulas, corrections, lists, versions, numbers of things."""
        return {str(key): value for key, value in self.attrs.items()}

    def __repr__(self) -> str:
        """Show the table as pandas does, and its settings."""
        return "\n".join([super().__repr__(), *settings_lines(self.attrs)])

    def _repr_html_(self) -> str | None:
        # Not in pandas' published types; Jupyter asks every table for it.
        table = cast("str | None", super()._repr_html_())  # type: ignore[misc]
        lines = settings_lines(self.attrs)
        if table is None or not lines:
            return table
        told = "<br>\n".join(html.escape(line) for line in lines)
        return f"{table}\n<p><small>{told}</small></p>"


def result(table: pd.DataFrame, settings: Mapping[str, Any]) -> Result:
    """Give a table its settings.

    Parameters
    ----------
    table
        The table; any ``attrs`` it has are left behind.
    settings
        In the order in which they are to be told. By convention ``table`` is the table's
        name, ``formulas`` a mapping from columns to formulas, ``n_articles`` and ``n_tokens``
        how much was looked at, ``left_out`` what was not counted, and why.
    """
    made = Result(table)
    made.attrs = cast("dict[Hashable | None, Any]", dict(settings))
    return made


def settings_lines(settings: Mapping[Any, Any]) -> list[str]:
    """Tell settings in words: one line for the formulas, one for the rest; none for none."""
    rest = {k: v for k, v in settings.items() if k not in ("table", "formulas")}
    lines = []
    if rest:
        told = "; ".join(
            f"{_spelled(key)}: {_short(key, value)}" for key, value in rest.items()
        )
        lines.append(f"Settings: {told}.")
    if formulas := settings.get("formulas"):
        told = "; ".join(f"{key}: {formula}" for key, formula in formulas.items())
        lines.append(f"Formulas: {told}.")
    return lines


def _spelled(key: object) -> str:
    name = str(key)
    return name.removeprefix("n_").replace("_", " ")


def _told(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        if not value:
            return "none"
        parts = (f"{_spelled(key)} {_short(key, held)}" for key, held in value.items())
        return f"({', '.join(parts)})"
    if isinstance(value, Collection) and not isinstance(value, str):
        listed = [_told(one) for one in value]
        if len(listed) <= _MOST_LISTED:
            return ", ".join(listed) or "none"
        return f"{', '.join(listed[:_MOST_LISTED])} and {len(listed) - _MOST_LISTED:,} more"
    return str(value)


def _short(key: object, value: Any) -> str:
    told = _told(value)
    if str(key).endswith("seed"):  # a name rather than a number of things
        return str(value)
    is_hash = str(key).endswith("sha256") and len(told) > _HASH_LETTERS
    return f"{told[:_HASH_LETTERS]}…" if is_hash else told
