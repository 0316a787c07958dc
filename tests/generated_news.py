"""News made up by drawing: events, several reports of each, and copies of a report.

Reports of one event tell the same facts with the same names and quote the same statements; one
sentence in six is the same word for word. Independent reports in the world have less in common.
"""

# ruff: noqa: E501 - sentences are data here

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

FACTS: tuple[tuple[str, ...], ...] = (
    (
        "Several hundred {group} walked out of {site} in {town} on {day} to protest against the new rota.",
        "In {town}, {group} left their work on {day} and gathered outside {site}, angry at a rota that begins next month.",
        "A walkout by {group} closed {site} for most of {day}, the first such protest in {town} in {years} years.",
        "Anger over working hours drove {group} onto the streets of {town} on {day}, leaving {site} almost empty.",
    ),
    (
        "Organisers put the number of those who took part at {crowd}, while the police counted about half as many.",
        "Some {crowd} people joined in, according to organisers; a police officer at the scene would not give a figure.",
        "The police spoke of a peaceful crowd, and organisers said that {crowd} people had come.",
        "How many came was in dispute by the evening: {crowd}, if one believes those who called for the march.",
    ),
    (
        "The dispute began when {firm} announced in spring that night shifts would be two hours longer.",
        "At the heart of the conflict is a plan by {firm} to add two hours to every night shift.",
        "{firm} wants longer nights, and has said so since spring, without an offer to pay for them.",
        "Since spring {firm} has insisted that nights must become longer if jobs are to stay in {town}.",
    ),
    (
        "{leader}, who speaks for the union, told reporters that talks would not go on before the plan was withdrawn.",
        "Talks are off until the plan is withdrawn, said {leader} of the union as the crowd broke up.",
        "The union, led by {leader}, has ruled out going back to the table while the plan stands.",
        "Asked whether talks might start again soon, {leader} shook her head and pointed at the crowd behind her.",
    ),
    (
        "{leader} said: “{quote0}”",
        "“{quote0}” said {leader}, to loud applause.",
        "In a statement sent out at noon, {leader} wrote: “{quote0}”",
        "“{quote0}” That was how {leader} summed up the day.",
    ),
    (
        "{firm} replied with one sentence from {boss}: “{quote1}”",
        "{boss}, who runs {firm}, disagreed. “{quote1}”",
        "“{quote1}” {boss} told this newspaper by telephone.",
        "From the firm's head office came a short answer, signed by {boss}. “{quote1}”",
    ),
    (
        "Shops along the route stayed open, and several handed out tea and bread.",
        "Bakers on the market square gave bread to those who passed, and a café did not charge for tea.",
        "Along the way people leaned out of windows and clapped.",
        "Traffic came to a halt for about an hour, but few drivers seemed to mind.",
    ),
    (
        "A student who had come with her mother, one of the {group}, held up a sign painted the night before.",
        "Many brought their children, who drew on the pavement with chalk while the speeches went on.",
        "Older workers stood at the front with folded arms; the young ones filmed everything.",
        "Retired {group} joined in too, some of them in the uniforms that they wore decades ago.",
    ),
    (
        "“{quote2}” said one of them, who asked not to be named because she feared for her job.",
        "One worker, afraid to give her name, said: “{quote2}”",
        "“{quote2}” a woman in the second row shouted into a borrowed microphone.",
        "Why had she come? “{quote2}” was the answer of a woman who would not tell us her name.",
    ),
    (
        "The town council will debate the matter in a special session, though it has no power over the firm.",
        "Councillors from three parties asked for a special session, which the mayor granted before nightfall.",
        "What the council can do is unclear, lawyers say, since the contracts were signed long ago.",
        "The mayor kept her distance and let a deputy read out a greeting to the crowd.",
    ),
    (
        "It was not the first conflict of its kind: {years} years ago a strike at {site} lasted eleven weeks.",
        "Those with long memories compared it with the eleven weeks of strike at {site}, {years} years ago.",
        "The last long strike at {site} is {years} years past, and it ended with a small rise in pay.",
        "Historians of the region count it among the largest protests since the railway men stood up {years} years ago.",
    ),
    (
        "Another march is planned for the coming week, this time to the gates of {firm}.",
        "The next protest has been registered with the authorities already and will lead to the firm's gates.",
        "If nothing moves, {group} in neighbouring towns want to join within days.",
        "Nobody in the crowd expected a quick end, and a second date was read out before people went home.",
    ),
)
QUOTES = (
    "We have given this place our nights and our weekends for longer than any of them has been here, and we will not be told by a letter that it was not enough",
    "No one at our company is forced to do anything, and whoever cannot live with the new hours is free to talk with us about other duties at any time",
    "My daughter asked me why I am never there when she wakes up, and I had nothing to say to her, so I came here today to find an answer",
    "There is a point at which you stop counting the hours and begin to count the friends who have fallen ill beside you, one after the other",
    "Every hospital, every yard and every depot in the country is looking at us now, and they should know that our answer will not change by Monday",
    "The figures are on the table, everyone can read them, and they leave us no room whatever somebody may shout into a microphone outside our doors",
)  # fmt: skip
BACKGROUND = (
    "The new rota was worked out by a consultancy last year and tried at two smaller sites, where, the firm says, nobody complained.",
    "Under the law, nights may be no longer than ten hours, but an exception has been in force in the region since the flood.",
    "About one in six people in the district works at night, more than anywhere else along the coast.",
)  # fmt: skip
LEADS = (
    "Readers in {place} will feel it first: buses that pass the district hardly ran on the day, and the clinic beside the station sent its patients home before noon.",
    "For families in {place} the conflict has come close, since more than a hundred of those who work there live between the canal and the old mill.",
    "What happens next matters in {place} as well, where a sister company has been looking for staff for months and pays a little better than most.",
)  # fmt: skip
GROUPS = "nurses dockers cleaners drivers bakers printers weavers porters".split()
TOWNS = "Oldenmere Karsby Fennhaven Tolbridge Marrow Uthwick Saltney Grimsholm".split()
SITES = (
    "the harbour depot",
    "the county clinic",
    "the mail centre",
    "the lower yard",
    "the cold store",
)
FIRMS = ("Northline", "Calder & Voss", "the Ambrel group", "Harrow Freight", "Lumen Care")
NAMES = (
    "Ilse Marten",
    "Dora Okafor",
    "Hanne Pryce",
    "Ruth Castell",
    "Amina Vogt",
    "Pia Lund",
    "Joan Adeyemi",
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday".split()
HEADLINES = ("{Group} walk out in {town}", "{town}: a day of protest", "Why {group} took to the streets", "Long nights, loud days in {town}")  # fmt: skip


@dataclass(frozen=True)
class Report:
    """An article: headline and paragraphs."""

    headline: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join((self.headline, *self.paragraphs)) + "\n"


Facts = dict[str, str]


def event(draw: random.Random) -> Facts:
    """Facts, names and statements that all reports of an event share."""
    group = draw.choice(GROUPS)
    leader, boss = draw.sample(NAMES, 2)
    quotes = draw.sample(QUOTES, 3)
    return {
        "group": group, "Group": group.capitalize(), "town": draw.choice(TOWNS),
        "site": draw.choice(SITES), "firm": draw.choice(FIRMS), "leader": leader, "boss": boss,
        "day": draw.choice(DAYS), "crowd": f"{draw.randrange(3, 90) * 100:,}",
        "years": str(draw.randrange(6, 60)), "quote0": quotes[0] + ".", "quote1": quotes[1] + ".",
        "quote2": quotes[2] + ".",
    }  # fmt: skip


def reports_of(draw: random.Random, facts: Facts, number: int) -> list[Report]:
    """Articles by as many reporters, four at most: eight to twelve facts, each in own words."""
    wordings = [draw.sample(fact, len(fact)) for fact in FACTS]
    return [_report(draw, facts, [own[which] for own in wordings]) for which in range(number)]


def _report(draw: random.Random, facts: Facts, own: list[str]) -> Report:
    chosen = sorted(draw.sample(range(len(FACTS)), draw.randrange(8, len(FACTS) + 1)))
    sentences = [
        (draw.choice(FACTS[fact]) if draw.random() < 0.2 else own[fact]).format(**facts)
        for fact in chosen
    ]
    if draw.random() < 0.5:
        sentences.insert(draw.randrange(3, len(sentences)), draw.choice(BACKGROUND))
    paragraphs = []
    while sentences:
        size = draw.randrange(1, 3)
        paragraphs.append(" ".join(sentences[:size]))
        sentences = sentences[size:]
    return Report(draw.choice(HEADLINES).format(**facts), tuple(paragraphs))


# How copies differ; each takes a report and gives a copy of it.


def as_it_is(draw: random.Random, one: Report) -> Report:
    return one


def other_headline(draw: random.Random, one: Report) -> Report:
    return replace(one, headline=f"Protest: {draw.choice(NAMES)} on what comes next")


def last_paragraph_dropped(draw: random.Random, one: Report) -> Report:
    return replace(one, paragraphs=one.paragraphs[:-1])


def first_half(draw: random.Random, one: Report) -> Report:
    return replace(one, paragraphs=one.paragraphs[: (len(one.paragraphs) + 1) // 2])


def local_lead(draw: random.Random, one: Report) -> Report:
    lead = draw.choice(LEADS).format(place=draw.choice(TOWNS))
    return replace(other_headline(draw, one), paragraphs=(lead, *one.paragraphs))


def local_lead_and_no_end(draw: random.Random, one: Report) -> Report:
    return last_paragraph_dropped(draw, local_lead(draw, one))


def words_changed(share: float) -> Callable[[random.Random, Report], Report]:
    def edited(draw: random.Random, one: Report) -> Report:
        paragraphs = []
        for paragraph in one.paragraphs:
            words = paragraph.split()
            for place in range(len(words)):
                if draw.random() < share:
                    words[place] = draw.choice(
                        ["", "quite", "also", "recently", words[place] + " then"]
                    )
            paragraphs.append(" ".join(filter(None, words)))
        return replace(one, paragraphs=tuple(paragraphs))

    edited.__name__ = f"words_changed_{share:.0%}"
    return edited


def other_marks(draw: random.Random, one: Report) -> Report:
    """Straight quotation marks, capitals for names, lines broken elsewhere."""
    straight = str.maketrans({"“": '"', "”": '"', "’": "'"})
    return replace(
        one,
        paragraphs=tuple(p.translate(straight).replace(". ", ".  ") for p in one.paragraphs),
    )


def paragraphs_in_pairs(draw: random.Random, one: Report) -> Report:
    parts = one.paragraphs
    return replace(
        one, paragraphs=tuple(" ".join(parts[n : n + 2]) for n in range(0, len(parts), 2))
    )


COPIES: tuple[Callable[[random.Random, Report], Report], ...] = (
    as_it_is, other_headline, last_paragraph_dropped, first_half, local_lead,
    local_lead_and_no_end, words_changed(0.05), words_changed(0.1), other_marks,
    paragraphs_in_pairs,
)  # fmt: skip


def corpus_of(seed: int, *, events: int, reports: int) -> Iterator[tuple[str, str, Report]]:
    """Draw a corpus: event and report ("3/1"), how the text was made of it, the text."""
    draw = random.Random(seed)  # noqa: S311 - draws sentences
    for number in range(events):
        for which, original in enumerate(reports_of(draw, event(draw), reports)):
            yield f"{number}/{which}", "original", original
            for copy in COPIES:
                yield f"{number}/{which}", copy.__name__, copy(draw, original)
