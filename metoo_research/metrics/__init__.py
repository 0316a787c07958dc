"""Reported metrics: the figures that articles report, with hedge, unit, time and source."""

from metoo_research.metrics.annotation import annotation_sheet
from metoo_research.metrics.annotation_reading import read_annotations
from metoo_research.metrics.annotation_scores import agreement, score_annotations
from metoo_research.metrics.compare import RELATIONS, compare_metrics
from metoo_research.metrics.extract import METRIC_COLUMNS, reported_metrics
from metoo_research.metrics.outlets import (
    attribution_by_outlet,
    repeated_figures,
    sources_by_outlet,
)
from metoo_research.metrics.times import resolve_windows

__all__ = [
    "METRIC_COLUMNS",
    "RELATIONS",
    "agreement",
    "annotation_sheet",
    "attribution_by_outlet",
    "compare_metrics",
    "read_annotations",
    "repeated_figures",
    "reported_metrics",
    "resolve_windows",
    "score_annotations",
    "sources_by_outlet",
]
