"""What coders are asked: the fields of a figure, what each means, and the rules of coding."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, get_args

from metoo_research.metrics.vocabulary import Bound

#: What coders judge of a figure beside whether it is one, each with what it means.
MEANINGS: Final = {
    "value": "the number in digits: 4700000 or 4,700,000; of a percentage its percent; of a"
    " fraction its decimals (two-thirds: 0.67); of a vague word its smallest count (dozens: 12,"
    " thousands: 1000)",
    "value_high": "the upper end of a range (10 to 20: value 10, value_high 20)",
    "bound": "what the hedge makes of the number: at_least (more than, over, or more), at_most"
    " (up to, fewer than), about (about, nearly), vague (dozens, thousands), exact (no hedge)",
    "kind": "social_metric (counts something on a social-media platform), other_count (counts"
    " or measures anything else: 12 boats, 5 km), percentage, fraction, money, age, date,"
    " ordinal (the first)",
    "role": 'what the number is: figure (with is_a_figure "yes" it need not be written), window'
    " (part of the words that tell when: in 48 hours), date, ordinal",
    "measure": "what is counted, in the plural (tweets, likes, users, people, …); several"
    " joined by +",
    "platform": "where it was counted, by its name (Twitter); several joined by +",
    "subject": "the campaign or hashtag that is counted",
    "window_text": "the words that tell when or over which time it was counted, as written and"
    " with their preposition (by Monday night)",
    "attributed_to": "the words for who says so, as written and without the verb (Twitter, the"
    " company); of a quotation also where they stand in another of its sentences",
}
FIELDS: Final = tuple(MEANINGS)
NUMBER_FIELDS: Final = ("value", "value_high")
#: Every figure has them: a coder who leaves them empty on a blind sheet has not judged them.
NEVER_NONE: Final = frozenset({"value", "bound", "kind", "measure"})

#: Written where the text does not say what the program says it says.
NONE: Final = "none"
#: Written where a coder cannot tell; set where a sheet does not ask for a field.
NOT_JUDGED: Final = "not judged"

CHOICES: Final[dict[str, Sequence[str]]] = {
    "is_a_figure": ("yes", "no"),
    "bound": get_args(Bound),
    "kind": (
        "social_metric", "other_count", "percentage", "fraction", "money", "age", "date",
        "ordinal",
    ),
    "role": ("figure", "window", "date", "ordinal"),
}  # fmt: skip

_OPEN: Final = (
    'Of a figure, look at each thing that the program says of it. If it is right, leave the'
    ' correct_… cell beside it empty. If it is wrong, write what is right; if the text says'
    ' nothing of it, write "none".'
)  # fmt: skip
_BLIND: Final = (
    "Of a figure, write what the text says into the coded_… cells, and leave a cell empty where"
    " the text says nothing of it."
)
_FIRM: Final = " Every figure has: {}; an empty cell of these counts as not judged."
_ADD: Final = (
    'A figure that has no row gets one at the end: article_id, number_text (the number as'
    ' written), is_a_figure "yes", and what the text says in the {cells} cells. Leave row_id'
    " empty."
)  # fmt: skip
_SAMPLE: Final = "The rows are a sample of all. Do not add figures that have no row."


def coding_rules(fields: Collection[str], *, blind: bool, sampled: bool) -> str:
    """Write the rules for the coders of one sheet, a line each, and the fields' meanings."""
    asked = [name for name in FIELDS if name in fields]
    firm = ", ".join(name for name in asked if name in NEVER_NONE)
    rules = [
        "Each row is a number expression, marked [[so]] in its sentence. Where the sentence"
        " alone does not tell, read the article.",
        'is_a_figure: "yes" if it is a figure that the article reports, "no" if it is a date, a'
        ' rank ("the first"), part of a name, or part of the words that tell when ("in 48'
        ' hours"). Rows left empty are not counted.',
    ]
    if asked:
        rules.append(_BLIND + (_FIRM.format(firm) if firm else "") if blind else _OPEN)
    rules.append(_SAMPLE if sampled else _ADD.format(cells="coded_…" if blind else "correct_…"))
    rules.append(
        f'Where you cannot decide, write "{NOT_JUDGED}" into the cell, and why into note. Do'
        " not change row_id."
    )
    lines = [f"{number}. {rule}" for number, rule in enumerate(rules, start=1)]
    if asked:
        lines += ["", *(f"{name}: {MEANINGS[name]}" for name in asked)]
    return "\n".join(lines)
