"""Who says what stands in quotation marks, and whether anybody says it at all.

Rules for news English, on the words around a quotation. Nothing is looked at beyond
`REACH` characters on either side, so that time stays linear.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import regex

REACH: Final = 260
#: Stands for what is inside other quotations: their words attribute nothing here.
HIDDEN: Final = "¤"

_SAY: Final = (
    r"said|says?|saying|told|tells?|telling|add(?:ed|s|ing)|explain(?:ed|s|ing)?|wrote|writes?"
    r"|writing|stat(?:ed|es|ing)|claim(?:ed|s|ing)|insist(?:ed|s|ing)|recall(?:ed|s|ing)"
    r"|argu(?:ed|es|ing)|admit(?:ted|s|ting)|warn(?:ed|s|ing)|not(?:ed|es|ing)"
    r"|repl(?:ied|ies|ying)|respond(?:ed|s|ing)|announc(?:ed|es|ing)|declar(?:ed|es|ing)"
    r"|alleg(?:ed|es|ing)|testif(?:ied|ies|ying)|confirm(?:ed|s|ing)|reveal(?:ed|s|ing)"
    r"|suggest(?:ed|s|ing)|acknowledg(?:ed|es|ing)|conced(?:ed|es|ing)|tweet(?:ed|s|ing)?"
    r"|retweeted|posted|posting|ask(?:ed|s|ing)|commented|remark(?:ed|s|ing)|continued"
    r"|concluded|complain(?:ed|s|ing)|jok(?:ed|es|ing)|quipped|shout(?:ed|s|ing)?"
    r"|chant(?:ed|s|ing)|yell(?:ed|s|ing)|cried|cries|whispered|muttered|exclaimed|repeated"
    r"|urg(?:ed|es|ing)|agreed|promis(?:ed|es|ing)|vow(?:ed|s|ing)|demand(?:ed|s|ing)|pleaded"
    r"|predict(?:ed|s|ing)|recount(?:ed|s|ing)|observed|emailed|texted|captioned|answer(?:ed|s)"
    r"|den(?:ied|ies|ying)|maintain(?:ed|s)|report(?:ed|s|ing)|reflected|mused|began|went on"
    r"|screamed|scream|shared"
)
#: With an object before the quotation: "called it a “mess”".
_CALL: Final = (
    r"call(?:ed|s|ing)|describ(?:ed|es|ing)|brand(?:ed|s|ing)|label(?:l?ed|s|l?ing)"
    r"|dubb(?:ed|ing)|deem(?:ed|s)|denounc(?:ed|es|ing)|condemn(?:ed|s|ing)|hail(?:ed|s|ing)"
    r"|prais(?:ed|es|ing)|criticis(?:ed|es|ing)|criticiz(?:ed|es|ing)|slamm(?:ed|ing)"
    r"|dismiss(?:ed|es|ing)"
)
#: Words are heard or read, not said by the subject.
_PERCEIVE: Final = r"hear(?:d|s|ing)|read(?:s|ing)?"
_ANY_VERB: Final = rf"(?:{_SAY}|{_CALL}|{_PERCEIVE})"
_VERB: Final = regex.compile(rf"(?<![\w’'#@-]){_ANY_VERB}(?![\w’'-])", regex.IGNORECASE)
_CALL_ONLY: Final = regex.compile(_CALL, regex.IGNORECASE)
_PERCEIVE_ONLY: Final = regex.compile(_PERCEIVE, regex.IGNORECASE)
#: Forms of which the subject does not stand right before them.
_BASE: Final = frozenset("say tell write tweet ask shout scream explain".split())
_TITLES_OF: Final = regex.compile(
    r"\b(?:called|titled|entitled|named|dubbed|known as|nicknamed)\s*$", regex.IGNORECASE
)

_ADVERBS: Final = (
    r"(?:\s*(?:,\s*)?\b(?:also|then|later|simply|once|never|just|even|still|again|only|first"
    r"|already|all|both|has|have|had|is|are|was|were|would|will|could|might|may|did|does|’d|’s"
    r"|\p{Ll}+ly)\b,?)*"
)
_PRONOUN: Final = r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|[Ww]e|I|[Yy]ou)"
_PARTICLE: Final = r"(?:de|da|di|del|van|von|der|den|bin|al|el|la|le|du|of|the|for|y|e)"
_CAPITAL: Final = r"\p{Lu}[\p{L}\p{M}\p{N}'’.&-]*"
_NAME: Final = rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITAL}){{0,5}}"
_NAMES: Final = rf"{_NAME}(?:(?:\s+and|\s*&)\s+{_NAME})?"
_CLAUSE: Final = (
    r"when|while|that|who|whom|which|where|because|if|as|but|so|she|he|they|we|I|it|was|were|is"
    r"|are|am|be|been|has|have|had|did|does|do|will|would|could|can|after|before|since|until"
)
_DETERMINER: Final = (
    r"(?:[Tt]he|[Aa]n?|[Hh]er|[Hh]is|[Tt]heir|[Mm]y|[Oo]ur|[Ii]ts|[Oo]ne|[Aa]nother|[Ss]ome"
    r"|[Mm]any|[Mm]ost|[Ss]everal|[Tt]wo|[Tt]hree|[Tt]housands|[Hh]undreds|[Dd]ozens|[Mm]illions"
    r"|[Oo]thers?|[Tt]his|[Tt]hat|[Ee]ach|[Bb]oth)"
)
_NOT_IN_PHRASE: Final = r"simply|also|then|later|once|never|just|even|still|recently|reportedly"
_WORD: Final = (
    rf"(?!(?:{_CLAUSE}|{_NOT_IN_PHRASE}|{_SAY})\b)"
    r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.#@-]*"
)
_PHRASE: Final = rf"{_DETERMINER}(?:\s+{_WORD}){{0,8}}"
_BARE: Final = (
    rf"(?:(?:(?!(?:{_CLAUSE}|in|on|at|to|with|from|of|and|by|not)\b)\p{{Ll}}+\s+)?"
    r"(?:\p{Ll}{3,}[^s\W]s|people|women|men|children|police|actor|author|singer|sailor|teacher"
    r"|doctor|nurse|[\p{Ll}-]*(?:man|woman|person|leader|pilot|master|officer|minister|official"
    r"|lawyer|source|witness|friend|expert|chief|president|founder|actress)))"
)

_SUBJECT_AT_END: Final = regex.compile(
    rf"(?<![\w’'-])(?P<who>{_PRONOUN}|{_NAMES}|{_PHRASE}|{_BARE})"
    rf"(?:\s+(?:from|of|at)\s+{_NAME})?(?:,[^,¤]{{1,60}},)?(?P<relative>\s+(?:who|that|which))?{_ADVERBS}\s*$"
)
_SENTENCE_SUBJECT: Final = regex.compile(
    r"^(?:(?:On|In|At|After|Before|By|During|For|From|Since|When|While|As|Earlier|Later|Then)\b"
    rf"[^,¤]{{0,80}},\s*)?(?P<who>{_PRONOUN}|{_NAMES}|{_PHRASE})(?=[\s,])"
)
_ARTICLES: Final = frozenset("the a an her his their my our its".split())
_LEADING: Final = regex.compile(
    r"^(?:(?:Then|But|And|When|After|On|In|As|While|Later|Meanwhile|Here['’]s|Why|How|Actress(?:es)?"
    r"|Actors?|Yet|So|If|Also|Still|Now|Today|Yesterday|Since|Because|Last|That|At|For)\s+)+"
)
#: Auxiliaries of a headline, where every word is capitalised.
_LATE: Final = regex.compile(r"(?:\s+(?:Are|Is|Was|Were|Has|Have|Had|Also|Will))+$")
_APPOSITIVE: Final = r"(?:,[^,¤.!?]{1,60}(?=,)){0,2},?"
_AFTER_SUBJECT: Final = regex.compile(
    rf"^[\s,—–-]*(?P<who>{_PRONOUN}|{_NAMES}|{_PHRASE}?|{_BARE}){_APPOSITIVE}"
    rf"(?:\s+(?:who|also|then|later|has|had|have|once|\p{{Ll}}+ly))*\s+(?P<verb>{_SAY})(?![\w’'-])"
)
_FORWARD_PHRASE: Final = (
    rf"{_DETERMINER}(?:\s+(?!(?:{_CLAUSE}|in|on|at|to|with|from|during|outside|and|about|by|last"
    r")\b)[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*){1,6}"
)
_AFTER_VERB: Final = regex.compile(
    rf"^[\s,—–-]*(?:\p{{Ll}}+ly\s+)?(?P<verb>{_SAY})\s+"
    rf"(?P<who>{_PRONOUN}(?!\w)|{_NAMES}|{_FORWARD_PHRASE}|{_BARE})"
)
_ACCORDING_AFTER: Final = regex.compile(
    rf"^[\s,—–-]*(?P<verb>according to)\s+(?P<who>{_NAMES}|{_FORWARD_PHRASE}|{_BARE})"
)
_ACCORDING_BEFORE: Final = regex.compile(
    rf"\b(?P<verb>[Aa]ccording to|[Ii]n the words of)\s+"
    rf"(?P<who>{_NAMES}|{_FORWARD_PHRASE}|{_BARE})"
)
_HEADLINE_BEFORE: Final = regex.compile(r"^(?P<who>\p{Lu}[^:¤.!?]{1,60}?)\s*:\s*$")
_HEADLINE_AFTER: Final = regex.compile(rf"^:\s+(?P<who>{_NAMES}|{_PHRASE}|{_BARE})")
#: What ends with a full stop within a name: titles, ranks, suffixes, parts of names of firms
#: and places; an initial; a short word without a vowel.
_ABBREVIATION: Final = regex.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Sgts?|Lt|Capt|Cpl|Pvt|Pfc|Spc|Col|Gen|Brig|Maj|Cmdr|Adm|Reps?|Sens?"
    r"|Gov|St|Ste|Jr|Sr|Profs?|Rev|Msgr|Fr|No|vs|Det|Insp|Supt|Hon|Amb|Asst|Assoc|Atty"
    r"|Cllr|Ald|Pres|Dep|Sec|Messrs|Mme|Mlle|Wm|Chas|Geo|Mt|Ft|Co|Corp|Inc|Ltd|Bros|Univ|Dept"
    r"|Dist|Ave|Blvd|Calif|Conn|Mass|Mich|Minn|Wash|Okla|Ariz|Colo|Ill|Ind)"
    r"|\b\p{Lu}|\b\p{Lu}[^\W\daeiouy]{1,3})\.$"
)
_BOUNDARY: Final = regex.compile(r"(?<=[.!?…][”’\"'»)\]]{0,2})\s+(?=[\p{Lu}\p{N}¤\"“‘«#@])")
_CUT: Final = regex.compile(
    r"[;]|,\s+(?:but|while|although|though|whereas)\b|,\s+and\s+(?!that\b|¤)(?=[^¤]*$)"
)
_FRAMED: Final = regex.compile(
    rf"^\s*[,:]?\s*(?:that|how|why|there|{_PRONOUN}|{_DETERMINER}|no|\p{{Lu}}|\p{{Ll}}+s\b|\p{{N}})"
)
_TO_WHOM: Final = regex.compile(
    r"^\s+(?:(?:back|simply|to|on|in|at|via)\s+)*(?:me|us|him|her|them|you|it|reporters|"
    rf"back|simply|the (?:words?|phrase|message|sentence)|in (?:reply|response)|{_NAMES})?\s*$"
)
_DETERMINED: Final = regex.compile(
    r"(?:^|\s)(?:the|an?|this|that|these|those|their|his|her|its|our|my|own|so-called|such|every"
    r"|each|some|no|with)\s*$",
    regex.IGNORECASE,
)
_DISTANCED: Final = regex.compile(r"\b(?:so-called|supposed|alleged)\s*$", regex.IGNORECASE)
_SO_CALLED: Final = regex.compile(
    r"\b(?:the (?:words?|term|phrase|name|hashtag|slogan))\s*$", regex.IGNORECASE
)
_NOUN_AFTER: Final = regex.compile(r"^\s+\p{Ll}[\p{Ll}-]+")
_LIST: Final = regex.compile(r"^\s*(?:,|;|and|or|&|,\s*and|,\s*or|…|then)?\s*$")
_TITLE_WORD: Final = regex.compile(r"\p{L}[\p{L}'’-]{3,}|^\W*\p{L}+")
_WORDS: Final = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*")
_NEGLIGIBLE: Final = "\"'”’»)]* \u200b"
_LONG: Final = 6
_SHORT: Final = 5


@dataclass(frozen=True, slots=True)
class Around:
    """A quotation and what stands around it, at most `REACH` characters of each.

    ``inner`` is the beginning of its words, ``ending`` their end; ``before`` and ``after`` have
    the words of other quotations hidden; ``between`` is what stands since the quotation before,
    None if there is none within reach.
    """

    inner: str
    ending: str
    before: str
    after: str
    between: str | None
    headline: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Who says a quotation: offsets count from the quotation, negative before its start.

    ``after`` tells that they count from its end.
    """

    speech: bool
    rule: str
    speaker: str = ""
    place: int = 0
    after: bool = False
    verb: str = ""


def said_by(around: Around, earlier: Said | None) -> Said:
    """Decide who says a quotation, by the first rule that applies.

    Parameters
    ----------
    around
        The quotation.
    earlier
        What was found for the quotation before it, within the same quotation or none.
    """
    if found := _said_after(around):
        return found
    if earlier is not None and (found := _said_on(around, earlier)):
        return found
    if found := _said_before(around):
        return found
    return _unattributed(around)


def _said_after(around: Around) -> Said | None:
    if around.headline and (match := _HEADLINE_AFTER.match(around.after)):
        speaker = _trimmed(match["who"])
        return Said(True, "headline", speaker, match.start("who"), after=True, verb=":")
    last = around.ending.rstrip(_NEGLIGIBLE)[-1:]
    comma = around.after[:2].lstrip()[:1] in {",", "—", "–"}
    ends = last in {",", "?", "!", "—", "–", "…", "-"} or comma
    for rule, shape in (
        ("according to", _ACCORDING_AFTER),
        ("verb after", _AFTER_VERB),
        ("speaker after", _AFTER_SUBJECT),
    ):
        match = shape.match(around.after)
        if not match:
            continue
        # "It is late. She said …" tells what comes next; “It is late.” said Tom what came.
        starts = around.headline or _starts_sentence(around.before)
        if not ends and not (shape is _ACCORDING_AFTER or (shape is _AFTER_VERB and starts)):
            continue
        speaker = _trimmed(match["who"])
        return Said(True, rule, speaker, match.start("who"), after=True, verb=match["verb"])
    return None


def _said_on(around: Around, earlier: Said) -> Said | None:
    """One speaker's next words: a list, or behind "she said."."""
    if (between := around.between) is None:
        return None
    if earlier.speech and _LIST.match(between) and between.strip() != "":
        return Said(True, "goes on", earlier.speaker, 0, verb=earlier.verb)
    if not earlier.after or not earlier.speech:
        return None
    rest = between[earlier.place + len(earlier.speaker) :]
    inside = rest.rstrip()
    if not inside or inside[-1] not in ".,;:—–!?":
        return None
    if _BOUNDARY.search(inside) or HIDDEN in inside:
        return None
    return Said(True, "goes on", earlier.speaker, 0, verb=earlier.verb)


def _starts_sentence(before: str) -> bool:
    return not _sentence_of(before)[1].strip()


def _sentence_of(before: str) -> tuple[int, str]:
    """Where the quotation's sentence begins in what stands before it, and its words."""
    start = 0
    for match in _BOUNDARY.finditer(before + "¤"):
        if not _ABBREVIATION.search(before[max(0, match.start() - 8) : match.start()]):
            start = match.end()
    return start, before[start:]


def _said_before(around: Around) -> Said | None:
    begin, sentence = _sentence_of(around.before)
    size = len(around.before)
    if _DISTANCED.search(sentence):
        return None
    if around.headline and (match := _HEADLINE_BEFORE.match(sentence)):
        place = begin + match.start("who") - size
        return Said(True, "headline", match["who"], place, verb=":")
    for match in reversed(list(_VERB.finditer(sentence))):
        gap = sentence[match.end() :]
        if (rule := _leads_to(match[0].lower(), gap, around)) is None:
            continue
        if rule == "":
            return None
        speaker, place = _subject(sentence, match)
        place = begin + place - size
        return Said(True, rule, speaker, place, verb=match[0])
    if sentence.rstrip().endswith(":"):
        return Said(True, "colon")
    if match := _ACCORDING_BEFORE.search(sentence):
        place = begin + match.start("who") - size
        return Said(True, "according to", _trimmed(match["who"]), place, verb=match["verb"])
    return None


def _leads_to(verb: str, gap: str, around: Around) -> str | None:
    """How a verb leads to a quotation; "" where it does to a name, None where not at all."""
    words = len(_WORDS.findall(gap))
    end = gap.rstrip()[-1:]
    calls, perceives = _CALL_ONLY.fullmatch(verb), _PERCEIVE_ONLY.fullmatch(verb)
    if calls:
        return "called" if words or HIDDEN in gap else ""
    if end == ":" and words <= 14:
        return "verb before"
    if _is_label(gap, around):
        return ""
    if not words and HIDDEN not in gap:
        if perceives and not end and _is_name(around.inner):
            return ""  # read “The Long Tide”
        return "verb before"
    if end == "," and words <= 12:
        return "verb before"
    if _TO_WHOM.match(gap):
        return "verb before"
    if perceives or verb in _BASE or _CUT.search(gap):
        return None
    if _FRAMED.match(gap):
        return "" if _is_name(around.inner) and words > 1 else "reported clause"
    return None


def _is_label(gap: str, around: Around) -> bool:
    """“Me, too” posts: the quotation says which ones, whatever the verb."""
    if len(_WORDS.findall(around.inner)) > _SHORT or not _DETERMINED.search(gap):
        return False
    framed = _FRAMED.match(gap) and len(_WORDS.findall(gap)) > 1 and not _is_name(around.inner)
    return bool(_NOUN_AFTER.match(around.after)) and not (
        framed and not gap.rstrip().lower().endswith("own")
    )


def _is_name(inner: str) -> bool:
    """Whether a few words are written as a name or title is."""
    words = _TITLE_WORD.findall(inner)
    if not words or len(words) > 2 * _SHORT or inner.rstrip(_NEGLIGIBLE)[-1:] in {"!", "?"}:
        return False
    return all(word.lstrip("\"'“‘(#@ ")[:1].isupper() for word in words)


def _subject(sentence: str, verb: regex.Match[str]) -> tuple[str, int]:
    """The subject of a verb and where it stands; an empty one where none is named."""
    spelled, clause = verb[0].lower(), sentence[: verb.start()]
    if _PERCEIVE_ONLY.fullmatch(spelled) and spelled not in {"reads", "read"}:
        return "", 0
    progressive = regex.search(r"\b(?:is|are|was|were|been)\b\W*(?:\w+\W+)?$", clause, regex.I)
    if spelled.endswith("ing"):
        if not progressive:
            return _subject_of_participle(sentence, clause)
    elif regex.search(r"\b(?:was|were|been|being|be)\s+$", clause, regex.I):
        return "", 0  # she was told
    elif regex.search(r"\b(?:to|please|and|or)\b\s*(?:\w+ly\s+)?$", clause, regex.I) and (
        spelled in _BASE
    ):
        return "", 0
    # "started at noon and said": whose subject begins the sentence
    if regex.search(r"\band\s*(?:\w+ly\s+|then\s+|later\s+|has\s+|also\s+)*$", clause):
        return _found(_SENTENCE_SUBJECT.match(sentence))
    return _found(_SUBJECT_AT_END.search(clause))


def _subject_of_participle(sentence: str, clause: str) -> tuple[str, int]:
    """Whose "saying" it is: "with many saying", "he replied, saying", "he left, saying"."""
    if regex.search(r"\bwith\s[^,¤]{1,60}$", clause):
        return _found(_SUBJECT_AT_END.search(clause))
    earlier = list(_VERB.finditer(clause))
    if earlier and regex.fullmatch(r"[^¤;]{0,80},\s*", clause[earlier[-1].end() :]):
        return _found(_SUBJECT_AT_END.search(clause[: earlier[-1].start()]))
    return _found(_SENTENCE_SUBJECT.match(sentence))


def _found(match: regex.Match[str] | None) -> tuple[str, int]:
    if match is None:
        return "", 0
    who = _LATE.sub("", match["who"])
    lead = _LEADING.match(who)
    cut = lead.end() if lead and lead.end() < len(who) else 0
    if regex.fullmatch(_DETERMINER, who[cut:]) and who[cut:].lower() in _ARTICLES:
        return "", 0
    return _trimmed(who[cut:]), match.start("who") + cut


def _trimmed(who: str) -> str:
    # "said Tom. Ann Lee left": names take full stops along, for initials and titles.
    for end in _BOUNDARY.finditer(who):
        if not _ABBREVIATION.search(who[: end.start()]):
            who = who[: end.start()]
            break
    who = who.rstrip(" ,’'-&")
    if who.endswith(".") and not _ABBREVIATION.search(who):
        who = who.rstrip(".")
    for ending in ("’s", "'s"):
        who = who.removesuffix(ending)
    return who


def _unattributed(around: Around) -> Said:
    """Words that the text gives to nobody: speech if they are a sentence or long."""
    words = len(_WORDS.findall(around.inner))
    if _DISTANCED.search(around.before):
        return Said(False, "scare quote")
    if _SO_CALLED.search(around.before) or _TITLES_OF.search(around.before):
        return Said(False, "term")
    if _is_name(around.inner) and not around.ending.rstrip(_NEGLIGIBLE).endswith("."):
        return Said(False, "name")
    first = next((sign for sign in around.inner if sign.isalpha()), "")
    ended = around.ending.rstrip(_NEGLIGIBLE)[-1:] in {".", "!", "?", "…"}
    whole = ended and first.isupper()
    if (words >= _LONG or (words > 2 and whole)) and not _DETERMINED.search(around.before):
        return Said(True, "whole sentence" if whole else "long")
    if words > 1 and _DETERMINED.search(around.before) and _NOUN_AFTER.match(around.after):
        return Said(False, "label")
    return Said(False, "scare quote")
