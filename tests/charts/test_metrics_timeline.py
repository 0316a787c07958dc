import numpy as np
import pandas as pd
import pytest
import timeline_tables as timeline
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from read_back import figure_of, pixels, strings
from timeline_read_back import bars, draw, is_figure, leading_lines, signs, text

from metoo_research import charts
from metoo_research.charts.palettes import PALETTES

BLUE, GREY = PALETTES["colour"].main, PALETTES["colour"].other

# --- what stands where ---------------------------------------------------------------------


def test_every_kind_of_window_is_drawn_as_what_it_is() -> None:
    ax = draw()
    # Hours since Monday, 18:30: midnight is after 5.5.
    assert signs(ax) == [("more than 20,000", 11.5)]
    assert bars(ax, hatched=False) == [
        ("90,000", 29.5, pytest.approx(ax.get_xlim()[1], abs=0.001)),
        ("nearly a million", 0, 48),
        ("4.2 million", 29.5, 53.5),
    ]
    assert bars(ax, hatched=True) == [
        ("90,000", 5.5, 29.5),  # since some time on Tuesday
        ("over 53,000", 23.5, 29.5),  # by Tuesday night: six hours
        ("300", 53.5, 77.5),  # by some time on Thursday
    ]
    assert [label for label, _ in signs(ax, ">")] == ["90,000"]


def test_rows_are_in_the_order_of_their_times_and_the_table_is_what_is_drawn() -> None:
    ax = draw()
    table = charts.drawn(ax)
    assert table["as_written"].tolist() == [
        "more than 20,000",
        "90,000",
        "over 53,000",
        "nearly a million",
        "4.2 million",
        "300",
        "over 30,000",
        "thousands",
    ]
    assert table["window_shape"].tolist() == [
        *("up to", "since", "up to", "stretch", "stretch", "up to", "not known", "not known")
    ]
    places = list(ax.get_yticks())
    assert len(places) == len(table)
    assert places == sorted(places)
    shown = [
        next(y for t in ax.texts for _, y in [t.get_position()] if t.get_text() == number)
        for number in table["as_written"]
    ]
    assert shown == sorted(shown)


def test_the_table_has_the_limits_that_are_drawn() -> None:
    table = charts.drawn(draw()).set_index("as_written")
    hours = (table["drawn_end_from"] - pd.Timestamp(timeline.EVENT)) / pd.Timedelta(hours=1)
    assert hours["300"] == 53.5
    assert hours["more than 20,000"] == 11.5
    assert pd.isna(table["drawn_end_to"]["90,000"])
    assert table["time_in_words"]["300"] == "up to some time on Thu 6 Jun"


def test_the_order_of_the_table_does_not_matter() -> None:
    mixed = timeline.timeline().sample(frac=1, random_state=5)
    ax = charts.metrics_timeline(mixed, event=timeline.EVENT, zone=timeline.ZONE)
    placed = charts.drawn(ax)["as_written"].head(6).tolist()
    assert placed == charts.drawn(draw())["as_written"].head(6).tolist()
    assert ax.get_xlim() == draw().get_xlim()


def test_the_line_to_a_count_begins_at_the_event() -> None:
    (line,) = leading_lines(draw(timeline.timed(end="2019-06-04T06:00")))
    assert np.asarray(line.get_xdata()).tolist() == [0, 11.5]
    assert line.get_linestyle() == "-"


def test_the_line_to_a_count_begins_where_the_article_says() -> None:
    row = timeline.timed("herald", "2019-06-04T00:00", "2019-06-04T06:00")
    (line,) = leading_lines(draw(row))
    assert np.asarray(line.get_xdata()).tolist() == [5.5, 11.5]


@pytest.mark.parametrize(
    "changes", [{"subject": "#OtherRide"}, {"window_end": pd.Timestamp("2019-06-02T12:00Z")}]
)
def test_the_event_begins_no_count_of_another_campaign_or_before_it(
    changes: dict[str, object],
) -> None:
    own = timeline.timed(end="2019-06-06T06:00")
    row = timeline.timed(end="2019-06-04T06:00", number_text="7") | changes
    ax = draw(row, own, own)
    dotted = [line for line in leading_lines(ax) if line.get_linestyle() == ":"]
    assert [float(np.asarray(line.get_xdata())[0]) for line in dotted] == [ax.get_xlim()[0]]
    assert "from when is not known" in strings(figure_of(ax))


def test_since_with_an_end_has_its_arrow_there() -> None:
    row = timeline.timed("herald", "2019-06-03T18:30", "2019-06-04T18:30", "since")
    ax = draw(row)
    assert bars(ax, hatched=False) == [("500", 0, 24)]
    assert signs(ax, ">") == [("500", 24)]


def test_the_corners_of_a_bar_do_not_stick_out_of_its_arrow() -> None:
    ax = draw(timeline.timed("herald", "2019-06-03T18:30", "2019-06-04T18:30", "since"))
    (bar,) = (p for p in ax.patches if isinstance(p, Rectangle) and is_figure(p))
    picture = pixels(ax, dpi=300)
    figure_of(ax).set_dpi(300)
    corners = bar.get_window_extent()
    end, middle = round(corners.x1), len(picture) - round((corners.y0 + corners.y1) / 2)
    around = picture[middle - 40 : middle + 40, end - 30 : end + 30]
    heights = (around == picture[middle, end - 30]).all(axis=2).sum(axis=0).astype(int)
    head = heights[heights.argmax() :]
    assert head[0] > heights[0] > 0  # the head is wider than the bar
    assert np.diff(head).min() >= -4  # and narrows to its tip without a step


def test_a_beginning_off_the_axis_has_an_arrow_to_the_left() -> None:
    since = timeline.timed("herald", "1980-01-01", kind="since", precision="decade")
    ax = draw(timeline.timed(end="2019-06-04T06:00"), since)
    assert signs(ax, "<") == [("500", ax.get_xlim()[0])]
    assert "since some time in the 1980s" in text(ax)


def test_another_campaign_far_away_does_not_stretch_the_axis() -> None:
    own = timeline.timed(end="2019-06-04T06:00")
    other = timeline.timed(end="2014-05-28", precision="day", subject="#OtherRide")
    ax = draw(own, own, other)
    assert ax.get_xlim()[0] > -24
    assert "◂ before this axis" in strings(figure_of(ax))
    assert len(signs(ax)) == 2


def test_another_campaign_is_grey_and_named() -> None:
    ax = draw()
    colors = {
        str(bar.get_label()): to_hex(bar.get_edgecolor())
        for bar in ax.patches
        if is_figure(bar)
    }
    assert colors["90,000"] == GREY.lower()
    assert colors["300"] == BLUE.lower()
    assert "another campaign: #OtherRide" in text(ax)
    assert "grey: another campaign than #SafeRide" in text(ax)


def test_each_row_has_number_counted_thing_platform_article_and_time() -> None:
    shown = text(draw(timeline.timed("seven", end="2019-06-04T06:00", window_text="by six")))
    assert "500 posts, Chirp Radio Seven “by six” up to Tue 4 Jun, 06:00" in shown


def test_times_of_several_years_name_the_year() -> None:
    rows = [timeline.timed(end=f"{year}-06-04T06:00") for year in (2019, 2020)]
    shown = text(draw(*rows))
    assert "up to Tue 4 Jun 2019, 06:00" in shown
    assert "up to Thu 4 Jun 2020, 06:00" in shown


# --- the event -----------------------------------------------------------------------------


def test_the_event_is_named_with_its_time() -> None:
    ax = draw()
    assert "Event: Driver’s post on Chirp, Mon 3 Jun 2019, 18:30" in strings(figure_of(ax))
    assert ax.get_xlabel().replace("\n", " ").startswith("time since the event")


def test_an_event_of_which_the_day_is_known_is_a_day_wide_and_ticks_are_dates() -> None:
    ax = charts.metrics_timeline(
        timeline.timeline(), event=timeline.EVENT_DAY, zone=timeline.ZONE
    )
    days = [
        (bar.get_x(), bar.get_width())
        for bar in ax.patches
        if isinstance(bar, Rectangle) and bar.get_zorder() == -0.5
    ]
    assert set(days) == {(0, 24)}
    assert "Event: Mon 3 Jun 2019" in strings(figure_of(ax))
    assert not any(
        "h" in label.get_text() for label in ax.get_xticklabels() if "+" in label.get_text()
    )
    assert signs(ax) == [("more than 20,000", 30)]


def test_without_an_event_the_axis_has_dates_and_counts_have_no_known_beginning() -> None:
    ax = charts.metrics_timeline(timeline.timeline(), zone=timeline.ZONE)
    ((_, hours),) = signs(ax)
    assert pd.Timestamp(0, tz="UTC") + pd.Timedelta(hours=hours) == pd.Timestamp(
        "2019-06-04T05:00Z"
    )
    assert {line.get_linestyle() for line in leading_lines(ax)} == {":"}
    assert "Event" not in text(ax)


def test_days_are_those_of_the_zone() -> None:
    row = timeline.timed(end="2019-06-04T15:00Z", precision="day")
    ax = charts.metrics_timeline(timeline.table(row), event=timeline.EVENT, zone="Asia/Tokyo")
    # Tuesday in Tokyo begins on Monday at 15:00 UTC, two and a half hours before the event.
    assert bars(ax, hatched=True) == [("500", -2.5, 21.5)]


# --- figures without a time ----------------------------------------------------------------


def test_figures_without_a_time_are_listed_below_the_axis_with_what_is_known() -> None:
    ax = draw()
    shown = text(ax)
    assert "Time not known (2 figures)" in shown
    assert "thousands people (“women”), platform not named" in shown
    assert "Radio Seven; no time stated" in shown
    assert "Harbour Herald; “in less than 24 hours”" in shown
    heading = next(t for t in ax.texts if t.get_text().startswith("Time not known"))
    axis_at = ax.spines["bottom"].get_position()
    assert isinstance(axis_at, tuple)
    assert heading.get_position()[1] > float(axis_at[1])  # y grows downwards


@pytest.mark.parametrize(
    ("said", "hours", "words"),
    [
        ("in four days", 96.0, "“in four days” (4 days)"),
        ("overnight", 12.0, "“overnight” (12 hours)"),
        ("in 24 hours", 24.0, "“in 24 hours”"),
        (None, 1.0, "1 hour, from when is not known"),
        (None, None, "no time stated"),
    ],
)
def test_a_length_is_told_unless_the_words_tell_it(
    said: str | None, hours: float | None, words: str
) -> None:
    ax = draw(timeline.timed(window_text=said, window_hours=hours))
    assert f"Harbour Herald; {words}" in strings(figure_of(ax))


def test_where_no_figure_has_a_time_there_is_a_list_and_no_axis() -> None:
    ax = draw(timeline.timed(), timeline.timed("seven"))
    assert len(ax.get_xticks()) == 0
    assert not ax.spines["bottom"].get_visible()
    assert "No figure here has a time that can be placed on an axis." in text(ax)
    assert charts.alt_text(ax).startswith("List of 2 of 2 reported social-media figures.")
    assert len(ax.get_yticks()) == len(charts.drawn(ax)) == 2


def test_times_that_were_counted_from_the_event_are_marked_and_noted() -> None:
    shown = text(draw())
    assert "and 24:00 on Tue 4 Jun †" in shown
    assert (
        "† Counted from the event (1 figure), as weekdays are where the article’s date is not "
        "known."
    ) in shown
    assert "†" not in text(draw(timeline.timed(end="2019-06-04T06:00")))


def test_other_kinds_of_figures_are_counted_in_a_note() -> None:
    assert "Also reported, not drawn here: 1 percentage." in text(draw())
