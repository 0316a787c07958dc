from datetime import date

import chart_tables as tables
import pandas as pd
import pytest
import timeline_tables as timeline
from read_back import cut_off, figure_of, overlaps, visible_texts
from timeline_read_back import bars, draw, signs, text

from metoo_research import charts
from metoo_research.charts.style import SMALL_PT
from metoo_research.errors import TableError


@pytest.mark.parametrize("width_mm", [85, 120, 180])
@pytest.mark.parametrize("labels", [tables.LABELS, tables.HARD_LABELS], ids=["plain", "hard"])
@pytest.mark.parametrize(
    "event", [timeline.EVENT, timeline.EVENT_DAY, None], ids=["hour", "day", "none"]
)
def test_texts_are_readable_whole_and_apart(
    width_mm: float, labels: tuple[str, ...], event: date | None
) -> None:
    ax = charts.metrics_timeline(
        timeline.timeline(),
        event=event,
        event_name="$5 & <b>: a post " + "with a long name " * 6,
        zone=timeline.ZONE,
        articles=tables.articles(labels),
        width_mm=width_mm,
    )
    figure = figure_of(ax)
    charts.set_source(figure, "3 articles.")
    assert figure.get_figwidth() * 25.4 == pytest.approx(width_mm)
    assert min(float(shown.get_fontsize()) for shown in visible_texts(figure)) >= SMALL_PT
    assert overlaps(figure) == []
    assert cut_off(figure) == []
    assert not any(shown.get_parse_math() for shown in visible_texts(figure))


@pytest.mark.parametrize("width_mm", [85, 180])
@pytest.mark.parametrize("last", ["2019-06-03T19:00", "2019-06-20", "2019-12-01", "2029-06-03"])
def test_any_spread_of_times_has_ticks_that_stand_apart(last: str, width_mm: float) -> None:
    rows = [timeline.timed(end=end) for end in ("2019-06-03T18:45", "2019-06-03T18:50", last)]
    ax = draw(*rows, width_mm=width_mm)
    figure = figure_of(ax)
    assert len(ax.get_xticks()) > 1
    assert overlaps(figure) == []
    assert cut_off(figure) == []
    low, high = ax.get_xlim()
    assert all(low < at < high for _, at in signs(ax))


def test_a_table_without_rows_gives_a_sentence() -> None:
    ax = charts.metrics_timeline(timeline.timeline().head(0), event=timeline.EVENT)
    assert "No social-media figure reported in this corpus." in text(ax)
    assert charts.drawn(ax).empty


@pytest.mark.parametrize("width_mm", [85, 180])
def test_one_figure_without_an_event_has_an_axis(width_mm: float) -> None:
    row = timeline.timed(end="2019-06-04T06:00")
    ax = charts.metrics_timeline(timeline.table(row), zone=timeline.ZONE, width_mm=width_mm)
    low, high = ax.get_xlim()
    assert high - low == pytest.approx(24 * 1.08)
    assert overlaps(figure_of(ax)) == []


def test_missing_values_keep_their_rows() -> None:
    gone = {"value": float("nan"), "subject": None, "platform": None, "unit": None}
    missing = timeline.timeline().assign(**gone, measure=None, number_text=None, modifier=None)
    ax = charts.metrics_timeline(missing, event=timeline.EVENT, zone=timeline.ZONE)
    assert len(charts.drawn(ax)) == 8
    assert "nan" not in text(ax).lower()
    assert "nat" not in text(ax).lower().replace("natural", "")
    assert "nan" not in charts.alt_text(ax).lower()
    assert overlaps(figure_of(ax)) == []


def test_precision_basis_and_length_may_be_left_out() -> None:
    fewer = timeline.timeline().drop(
        columns=["window_precision", "window_basis", "window_hours"]
    )
    ax = charts.metrics_timeline(fewer, event=timeline.EVENT, zone=timeline.ZONE)
    assert bars(ax, hatched=True) == []
    assert len(charts.drawn(ax)) == 8


def test_many_figures_are_cut_and_the_rest_is_counted() -> None:
    hour = pd.Timestamp("2019-06-03T18:00Z")
    rows = [
        timeline.timed(number_text=str(at)) | {"window_end": hour + pd.Timedelta(hours=at)}
        for at in range(500)
    ]
    ax = draw(*rows, *[timeline.timed()] * 7, top=12)
    assert len(signs(ax)) == 12
    assert [int(label) for label, _ in signs(ax)] == list(range(12))
    assert charts.title_of(ax).endswith(", 12 of 507 figures")
    assert "Not listed: 7 figures whose time is not known." in text(ax)


def test_a_list_that_is_cut_says_of_how_many() -> None:
    ax = draw(timeline.timed(end="2019-06-04T06:00"), *[timeline.timed()] * 7, top=3)
    assert "Time not known (7 figures, 2 listed)" in text(ax)


def test_a_table_without_windows_is_refused() -> None:
    with pytest.raises(TableError, match="metrics_timeline needs the column window_end"):
        charts.metrics_timeline(timeline.timeline().drop(columns="window_end"))


def test_a_time_that_is_none_is_refused() -> None:
    with pytest.raises(TableError, match="window_end holds something that is no time"):
        charts.metrics_timeline(timeline.timeline().assign(window_end="soon"))


def test_alt_text_names_kinds_of_times_and_extremes() -> None:
    alt = charts.alt_text(draw())
    assert alt.startswith("Timeline of 8 of 8 reported social-media figures")
    assert "Event: Driver’s post on Chirp, Mon 3 Jun 2019, 18:30." in alt
    assert "Counted up to a time: 3; over a stretch of time: 2; since a time: 1." in alt
    assert "Beginning or end not known exactly: 3." in alt
    assert "Time not known: 2 (2 listed below the axis)." in alt
    assert "Earliest about #SafeRide: more than 20,000 posts with the hashtag, Chirp" in alt
    assert (
        "latest: 300 posts, Chirp + Pictogram (Harbour Herald), up to some time on Thu 6" in alt
    )
    assert "Marked as another campaign: #OtherRide." in alt
