"""The errors a user can meet. Each message names the file or article and the way out."""


class MetooResearchError(Exception):
    """Base of all errors raised on purpose: one line, meant for the user."""


class CorpusError(MetooResearchError):
    """The corpus cannot be read at all (no such folder, nothing readable in it)."""


class StudyError(MetooResearchError):
    """``study.toml`` has a mistake; the message names file, key and line."""


class ReadError(MetooResearchError):
    """One file cannot become an article; it goes to ``corpus.problems``.

    Parameters
    ----------
    reason
        What is wrong, in words a researcher understands.
    detail
        The way out, or what was seen.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}; {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class TableError(MetooResearchError, ValueError):
    """A table lacks a column or a row that the function needs, or an option has no meaning."""


class EmptyGroupError(TableError):
    """One of two groups to compare holds no article, or no word."""


class ExportError(MetooResearchError):
    """A figure, table or notebook cannot be written where it was asked for."""
