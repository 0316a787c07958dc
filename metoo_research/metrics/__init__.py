"""Reported metrics: the figures that articles report, with hedge, unit, time and source."""

from metoo_research.metrics.annotation import annotation_sheet, read_annotations
from metoo_research.metrics.annotation_scores import agreement, score_annotations
from metoo_research.metrics.compare import RELATIONS, compare_metrics
from metoo_research.metrics.extract import METRIC_COLUMNS, reported_metrics
from metoo_research.metrics.times import resolve_windows

__all__ = [
    "METRIC_COLUMNS",
    "RELATIONS",
    "agreement",
    "annotation_sheet",
    "compare_metrics",
    "read_annotations",
    "reported_metrics",
    "resolve_windows",
    "score_annotations",
]
