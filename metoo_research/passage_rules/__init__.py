"""The rules that say what a passage of an article is.

Rules are applied in the order of :data:`RULES`; the first that claims a line decides. Each
looks at form and at neighbours, never at what an article is about. To call body text anything
else is the worst mistake a rule can make: where in doubt, a rule leaves the line alone.
"""

from __future__ import annotations

from metoo_research.passage_rules.fields import FIELD_RULES
from metoo_research.passage_rules.headings import HEADING_RULES
from metoo_research.passage_rules.notices import NOTICE_RULES
from metoo_research.passage_rules.origin import ORIGIN_RULES
from metoo_research.passage_rules.page import Line, Page, Rule
from metoo_research.passage_rules.posts import POST_RULES
from metoo_research.passage_rules.promotion import PROMOTION_RULES

__all__ = ["RULES", "Line", "Page", "Rule"]

RULES: tuple[Rule, ...] = (
    *POST_RULES,
    *FIELD_RULES,
    *NOTICE_RULES,
    *PROMOTION_RULES,
    *ORIGIN_RULES,
    *HEADING_RULES,
)
