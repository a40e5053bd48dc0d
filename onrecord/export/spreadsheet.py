"""Cells of separated values: made safe for spreadsheets, and read back."""

from __future__ import annotations

BOM = "\ufeff"
"""Without it Excel does not take a file for UTF-8."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(cell: str) -> str:
    """Keep a spreadsheet from running a cell: an apostrophe before one that would start a formula.

    A cell that has an apostrophe before such a start already gets another, so that `unguard` gives back each.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def unguard(cell: str) -> str:
    """Give the cell as it was before `guard`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell
