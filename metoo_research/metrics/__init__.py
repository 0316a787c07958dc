"""Reported metrics: the figures that articles report, with hedge, unit, time and source."""

from metoo_research.metrics.extract import METRIC_COLUMNS, reported_metrics

__all__ = ["METRIC_COLUMNS", "reported_metrics"]
