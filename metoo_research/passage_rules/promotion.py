"""What leads away from an article: links to other stories, calls to follow, share or act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from metoo_research.passage_rules.page import NETWORK, Line, Page, Rule, wording

# Headers that can stand without a colon and mean nothing but a list of links …
_SURE_HEADER = wording(
    r"(?:related (?:stories|articles|content|links|coverage|posts|news)"
    r"|you (?:might|may|['’]ll) also (?:like|enjoy|love)|(?:our )?most (?:read|popular|viewed)"
    r"|(?:what to )?read next|recommended (?:for you|stories|articles|reading)|top stories"
    r"|more (?:stories|news|articles|coverage)|trending now|promoted stories"
    r"|from around the web)\s*:?$",
    most_words=8,
)
# … and those that need both a colon and headlines below.
_HEADER = wording(
    r"(?:(?:like this|liked? (?:this|what you).{0,30}|enjoy(?:ed)? this.{0,30})\?\s*)?"
    r"(?:you (?:might|may|['’]ll) (?:also )?(?:like|love|enjoy|be interested in)"
    r"|related(?: .{1,20})?|more (?:on|from|like|in|about) .{1,50}"
    r"|read (?:more|next|also)(?: .{1,40})?|further reading|see also"
    r"|recommended(?: .{1,30})?|(?:our )?most (?:read|popular|viewed|shared)(?: .{1,20})?"
    r"|trending|editor['’]s picks?|don['’]t miss|in case you missed it|also (?:on|in) .{1,40})"
    r"\s*:$",
    most_words=16,
)


def _link_lists(page: Page) -> Iterator[Line]:
    """A header such as "You might also like:" and the headlines below it."""
    for line in page.lines:
        sure = _SURE_HEADER.fits(line)
        if not sure and not _HEADER.fits(line):
            continue
        headlines = []
        for below in page.below(line):
            if below.rule is not None or not below.is_headline_like:
                break
            headlines.append(below)
        if sure or headlines:
            yield line
            yield from headlines


_LABEL = wording(
    r"(?:watch(?: more| this| live)?|read(?: this| now)?|related(?: content| coverage| video)?"
    r"|more(?: on this| from [\w ]{1,30})?|see also|don['’]t miss|recommended"
    r"|listen(?: now| to this)?|trending|in case you missed it)"
    r"\s*[:|»>]\s*[\"'“‘#@]?(?-i:[A-Z0-9#@])",
    most_words=30,
    never_prose=True,
)


def _labels(page: Page) -> Iterator[Line]:
    """Lines such as "Watch: …"; a first line that begins so is the headline."""
    return (line for line in islice(page.lines, 1, None) if _LABEL.fits(line))


_SURE_LABEL = wording(
    r"(?:up next|watch now|read (?:more|next|also)|must[ -]read|icymi"
    r"|related (?:story|article))\s*[:|»>]",
    r"(?-i:READ (?:MORE|NEXT|ALSO)|WATCH NOW|UP NEXT)\b",
    r"(?:read|see|watch|view) more(?: (?:here|now|(?:about|on|at) .{1,60}))?\s*[:»>→]*$",
    r"(?:advertisement|sponsored(?: content)?|(?:story|article) continues below"
    r"(?: advertisement)?|scroll down for (?:more|video).{0,20}"
    r"|this video (?:is unavailable|can ?not be played))$",
    most_words=40,
    never_prose=True,
)

# Names and handles are told by their capitals and signs.
_NAME = r"(?-i:[A-Z][\w.’'-]*(?: [A-Z&][\w.’'-]*){0,4})"
_WHOM = rf"(?:us|me|him|her|them|our page|the author|(?-i:@\w+)|{_NAME})"
_FOLLOW = wording(
    rf"(?:follow|find|join) {_WHOM} on {NETWORK}\b"
    rf"(?:[\s,:&|/]*(?:and|on|at|here|@[\w.]+|{NETWORK}))*(?: for\b.{{1,60}})?[.!]*$",
    rf"like (?:us|our page|(?-i:@\w+)) on {NETWORK}\b.{{0,80}}$",
    rf"(?:follow|find|like|join|tweet) (?:us|me)\b.{{0,40}}(?:@[\w.]+|\b{NETWORK})\b.{{0,30}}$",
    rf"(?:follow|tweet|contact|e-?mail) {_WHOM}"
    r"(?: on \w+)?(?: at| via)?:? ?\(?[\w.+-]*@[\w.-]+\)?\.?$",
    most_words=25,
)
_SUBSCRIBE = wording(
    r"(?:sign up|subscribe|register)(?: (?:to|for|here|now|today|free))\b.{0,100}"
    r"\b(?:newsletters?|e-?mails?|alerts?|updates|inbox|podcasts?|briefing|channel"
    r"|here|now|today|free)\b[\w\s,.!’'-]{0,40}$",
    r"get .{1,50}\b(?:delivered|sent|straight) (?:straight |directly )?to your (?:inbox|phone)",
    r"(?:download|get) (?:our|the)(?: [\w’']+){0,3} app"
    r"(?:[.!]?$| (?:here|now|today|for|on|from)\b.{0,40})",
    r"(?:download|listen to|subscribe to) our\b.{1,40}",
    most_words=25,
)
_BUTTON = rf"(?:{NETWORK}|e-?mail|print|share|copy link|more)"
_SHARE = wording(
    r"(?:share|tweet|pin|e-?mail|print|save)(?: this)?"
    r"(?: (?:article|story|post|page|(?:on|via|with) [\w ,&]{1,40}))?$",
    r"(?:copy|share) link$",
    rf"{_BUTTON}(?:[\s|,·•/]+{_BUTTON})+$",
    most_words=10,
)

_CALL = (
    r"(?:take action|sign (?:the|our|this) (?:\w+ )?petition|donate|join us|get involved"
    r"|find out (?:more|how)|learn (?:more|how)|support (?:us|our)|(?:get|buy|book) tickets?"
    r"|pledge|volunteer|click here|help us|add your name)"
)
_ENDS_NOW = r"\b(?:here|now|today|below|online)[.!]*$"
# A command, or "you can …": someone else who "signed the petition today" is news.
_CALL_TO_ACT = wording(
    rf"(?:please |so |and |to )?(?:you can (?:also |still )?)?{_CALL}\b"
    rf"[^.?!\"“”]{{0,80}}{_ENDS_NOW}",
    r"click (?:here|below)\b[^.?!\"“”]{0,120}[.!]*$",
    r"(?:take action|donate|get involved)(?:\s*:[^.?!\"“”]{1,120}| now| today)?[.!]*$",
    most_words=25,
)
_ENDS_IN_CALL = re.compile(
    rf"[.!?]\s+(?:(?i:please|so|and)\s)?(?:(?i:you can (?:also |still )?)|(?=[A-Z]))"
    rf"(?i:{_CALL}\b[^.?!\"“”]{{0,60}}{_ENDS_NOW})"
)


def _calls_to_act(page: Page) -> Iterator[Line]:
    """A call as a line of its own, or as the end of the last paragraph of all."""
    yield from _CALL_TO_ACT.anywhere(page)
    prose = [line for line in page.lines if line.is_prose]
    if len(prose) > 1:
        last = prose[-1]
        if not last.is_long and len(last.words) <= 80 and _ENDS_IN_CALL.search(last.text):
            yield last


PROMOTION_RULES = (
    Rule("link_list", "promo", _link_lists),
    Rule("link_label", "promo", _labels),
    Rule("link_wording", "promo", _SURE_LABEL.anywhere),
    Rule("call_to_follow", "promo", _FOLLOW.anywhere),
    Rule("call_to_subscribe", "promo", _SUBSCRIBE.anywhere),
    Rule("share_button", "promo", _SHARE.anywhere),
    Rule("call_to_act", "promo", _calls_to_act),
)
