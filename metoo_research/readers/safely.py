"""What was read stays read, whatever goes wrong behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from metoo_research.errors import ReadError
from metoo_research.readers.base import Item, RawProblem


def safely(items: Iterable[Item], *, what: str, way_out: str) -> Iterator[Item]:
    """Give the items of a file, and end in one plain reason where a library gives up.

    Parameters
    ----------
    items
        What the reader gives.
    what
        What is wrong if anything but a `ReadError` is raised: "damaged Excel workbook".
    way_out
        What the researcher can do then.

    Raises
    ------
    ReadError
        If nothing was given before. Afterwards the reason is a problem among the items, so
        that what was read is kept.
    """
    given = False
    try:
        for item in items:
            given = True
            yield item
    except ReadError as error:
        if not given:
            raise
        yield RawProblem(error.reason, error.detail)
    except FileNotFoundError:
        raise  # it vanished during the read, which has nothing to do with its format
    except MemoryError as error:
        if not given:
            raise ReadError("needs more memory than there is", "split it") from error
        yield RawProblem("the rest needs more memory than there is", "split the file")
    except Exception as error:  # damaged files make libraries raise nearly everything
        if not given:
            raise ReadError(what, way_out) from error
        yield RawProblem(f"{what}; what came before was read", way_out)
