"""The closed word lists of the metrics grammar: each kind of word is listed once, here.

Adding a measure, a hedge, a verb of saying or another language's word is one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

Bound = Literal["exact", "at_least", "at_most", "about", "vague"]


def _numbered(words: str, *, start: int = 1, step: int = 1) -> dict[str, int]:
    return {word: (start + place) * step for place, word in enumerate(words.split())}


# --- numbers ---------------------------------------------------------------------------

ONES: Final = _numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen",
    start=0,
)
TENS: Final = _numbered(
    "twenty thirty forty fifty sixty seventy eighty ninety", start=2, step=10
)
SCALES: Final = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "lakhs": 10**5,
    "crore": 10**7,
    "crores": 10**7,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
#: Letters that stand directly behind digits ("1.2M", "12bn"). A small "m" is also a metre
#: and "b", "t" and "T" alone are bytes or tonnes: see ``digits.py``.
GLUED_SCALES: Final = {
    **{word: SCALES[word] for word in ("mn", "mln", "bn", "bln", "tn", "trn")},
    **dict.fromkeys(("k", "K"), 1_000),
    **dict.fromkeys(("m", "M"), 10**6),
    **dict.fromkeys(("b", "B", "Bn", "BN"), 10**9),
    **dict.fromkeys(("t", "T"), 10**12),
}
#: Plural number words: a vague count, given its smallest unit.
VAGUE_PLURALS: Final = {
    "dozens": 12,
    "scores": 20,
    "tens": 10,
    "hundreds": 100,
    "thousands": 1_000,
    "lakhs": 10**5,
    "millions": 10**6,
    "crores": 10**7,
    "billions": 10**9,
    "trillions": 10**12,
}
#: Before a scale word they make a vague count: "several hundred", "a few thousand".
VAGUE_QUANTIFIERS: Final = frozenset({"few", "several", "many", "couple"})
_PARTS: Final = _numbered("third fourth fifth sixth seventh eighth ninth tenth", start=3)
#: Parts of a whole, with what they divide by.
FRACTIONS: Final = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **_PARTS,
    **{f"{part}s": value for part, value in _PARTS.items()},
}
#: Parts that may stand behind a whole number: "two and a half million".
PARTS_AFTER_AND: Final = {"half": 0.5, "quarter": 0.25}
VULGAR_FRACTIONS: Final = {
    "½": 1 / 2,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "⅛": 1 / 8,
}
ORDINALS: Final = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
    " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
#: How many times as many: "twice as many as", "double the number".
MULTIPLES: Final = {"twice": 2, "thrice": 3, "double": 2, "triple": 3, "quadruple": 4}
FOLDS: Final = {f"{word}fold": value for word, value in ONES.items() if 2 <= value <= 10} | {
    "hundredfold": 100
}
PERCENT_SIGNS: Final = (
    r"\s?%|[\s-]?(?:per\s?cent|percentage[\s-]points?|pct|pc|basis\spoints?)\b"
)
CURRENCY_SIGNS: Final = "$£€¥₹₩₽₪₺₦฿"
#: Codes before a number or before a sign: "Rs 500", "HK$20". "PS" is what some converters
#: make of the pound sign.
CURRENCY_CODES: Final = frozenset(
    "PS US USD HK HKD AUD CAD EUR GBP JPY CHF CNY INR NZ NZD RM RS SGD SEK NOK DKK ZAR NT"
    " A C S Y N R".split()
)
CURRENCY_WORDS: Final = frozenset(
    "dollar dollars pound pounds euro euros yen yuan rupee rupees shekel shekels peso pesos"
    " franc francs cent cents pence rouble roubles ruble rubles won rand krona kronor".split()
)

# --- hedges ----------------------------------------------------------------------------


def _hedges(words_of: dict[Bound, str]) -> dict[str, Bound]:
    return {word: bound for bound, words in words_of.items() for word in words.split("|")}


#: Words before a number, and what they say of it; the longest that fits is taken.
HEDGES_BEFORE: Final = _hedges(
    {
        "at_least": "more than|over|at least|no fewer than|no less than|not less than"
        "|not fewer than|upwards of|upward of|in excess of|north of|above|well over|just over"
        "|a little over|a little more than|slightly more than|slightly over|just more than"
        "|well more than|well above|just above|way over|exceeding|exceeded|greater than"
        "|higher than|a minimum of|minimum|beyond|surpassing|surpassed|topping|topped|passed"
        "|well past|past|not just|>|≥",
        "at_most": "up to|as many as|as much as|no more than|not more than|at most|at the most"
        "|fewer than|less than|just under|just less than|a little under|lower than|under|below"
        "|a maximum of|maximum|short of|just short of|not quite|as few as|<|≤",
        "about": "about|around|roughly|approximately|approx|some|nearly|almost|close to"
        "|closer to|an estimated|estimated|more or less|circa|somewhere around|in the region of"
        "|in the order of|on the order of|virtually|practically|nigh on|perhaps|maybe|probably"
        "|approaching|towards|something like|~|≈",
    }
)
#: Words directly behind a number.
HEDGES_AFTER: Final = _hedges(
    {
        "at_least": "+|or more|or higher|or above|or over|and counting|and up|and more|plus"
        "|-plus",
        "at_most": "or fewer|or less|or under|at most",
        "about": "or so|or thereabouts|odd|-odd|-ish",
    }
)
#: Those of them that also stand behind the unit: "30 people or so".
HEDGES_BEHIND_UNIT: Final = ("or more", "or so", "or fewer", "or less", "and counting")

# --- measures --------------------------------------------------------------------------


def _measures(nouns_of: dict[str, str]) -> dict[str, str]:
    return {noun: measure for measure, nouns in nouns_of.items() for noun in nouns.split("|")}


#: The measures, each with the head nouns (singular) that are counted as it. A noun that is
#: not here is its own measure.
MEASURES: Final = _measures(
    {
        "tweets": "tweet|twitter post",
        "retweets": "retweet|reblog|repost",
        "likes": "like|favorite|favourite|upvote|heart",
        "replies": "reply|response",
        "photos": "photo|photograph|picture|image|selfie",
        "comments": "comment",
        "posts": "post|posting|toot|status|message|status update",
        "videos": "video|clip",
        "reactions": "reaction",
        "shares": "share",
        "views": "view|impression|hit|play|stream|pageview",
        "users": "user|account",
        "followers": "follower|subscriber",
        "mentions": "mention|use",
        "hashtags": "hashtag",
        "interactions": "interaction|engagement",
        "signatures": "signature|signatory",
        "rsvps": "rsvp",
        "donations": "donation",
        "downloads": "download",
        "visits": "visit",
        "searches": "search",
        "stories": "story|testimony|testimonial",
        "people": "people|person",
    }
)
#: Measures of social media, wherever they stand.
ALWAYS_SOCIAL: Final = frozenset("tweets retweets hashtags".split())
#: Measures of social media, unless the count is small ("two views of the matter").
SOCIAL_IN_NUMBERS: Final = frozenset("likes views mentions followers".split())
#: Measures that are social media's only beside a platform or a word such as "online".
SOCIAL_BESIDE_A_CUE: Final = frozenset(
    "replies comments posts reactions shares interactions signatures videos photos"
    " rsvps".split()
)
PLATFORM_MEASURES: Final = ALWAYS_SOCIAL | SOCIAL_IN_NUMBERS | SOCIAL_BESIDE_A_CUE
#: People who post are counted as people on social media, whoever they are.
PERSON_NOUNS: Final = frozenset(
    "people person woman man user girl boy child teenager teen student survivor victim employee"
    " worker member supporter follower fan activist celebrity actor actress other reader viewer"
    " American adult athlete teacher nurse scientist journalist voter resident citizen friend"
    " mother father parent subscriber account signatory stranger teacher volunteer".split()
)
#: "was tweeted nearly a million times": the verb says what is counted.
VERB_MEASURES: Final = {
    "tweeted": "tweets",
    "retweeted": "retweets",
    "reposted": "retweets",
    "reblogged": "retweets",
    "shared": "shares",
    "liked": "likes",
    "favorited": "likes",
    "favourited": "likes",
    "upvoted": "likes",
    "hearted": "likes",
    "loved": "likes",
    "viewed": "views",
    "watched": "views",
    "seen": "views",
    "played": "views",
    "streamed": "views",
    "used": "mentions",
    "mentioned": "mentions",
    "invoked": "mentions",
    "appeared": "mentions",
    "posted": "posts",
    "written": "mentions",
    "typed": "mentions",
    "repeated": "mentions",
    "commented": "comments",
    "downloaded": "downloads",
    "searched": "searches",
    "signed": "signatures",
}
#: What people do on social media: a count of people beside one of these is a social metric.
SOCIAL_ACTS: Final = (
    r"tweet(?:s|ed|ing)?|retweet(?:s|ed|ing)?|post(?:s|ed|ing)?|repl(?:y|ies|ied|ying)"
    r"|respond(?:s|ed|ing)?|shar(?:e|es|ed|ing)|comment(?:s|ed|ing)?|mention(?:s|ed|ing)?"
    r"|us(?:e|es|ed|ing) (?:the hashtag|the tag|#\w+)|hashtagg(?:ed|ing)|declared?"
    r"|chim(?:ed|ing) in|weigh(?:ed|ing) in|favou?rit(?:e|ed|ing)|upvot(?:e|ed|ing)|marked as"
    r"|sign(?:ed|ing)|follow(?:s|ed|ing)?|like[sd]|viewed|watched|upload\w*"
    r"|t(?:ook|aking|aken?) to (?:social media|twitter|facebook|instagram)|talking about"
    r"|react(?:ed|ing)?|engag(?:ed|ing)|chang(?:ed|ing) their (?:\w+ )?(?:profile|avatar)\w*"
    r"|t(?:aken|ook|aking) part in the (?:conversation|discussion|debate)|join(?:ed"
    r"|ing) the (?:conversation|discussion|debate)"
)
#: Answers to an invitation, which are social media's only where a platform is named beside
#: them: "said they would attend on Facebook".
ANSWERS_TO_AN_EVENT: Final = (
    r"RSVP\S*|(?:said|say|saying|indicated|signalled|signaled) (?:that )?they"
    r"(?: (?:would|will|were|are|had|have|planned|plan|intended|intend|to|be)"
    r"|['’](?:d|ll|re)){1,3}"
    r" (?:attend(?:ing)?|go(?:ing)?|com(?:e|ing)|interested)"
    r"|(?:click|tick|mark|list)(?:ed|ing)(?: themselves)?(?: as)? [“\"‘']?(?:attending|going"
    r"|interested)"
)
#: Those who belong to a page or an event: "the Facebook group has 12,000 members".
BELONG_TO_A_PAGE: Final = frozenset("member attendee guest".split())
#: What people do with their bodies: who is counted by it is counted on no platform.
PHYSICAL_DEEDS: Final = (
    r"march(?:ed|ing|es)?|gather(?:ed|ing)|attend(?:ed|ing)|rall(?:ied|ying)"
    r"|(?:walk|turn|c[oa]m)(?:ed|e|ing)? out|walked|(?:show|turn)(?:ed|n|ing)? up"
    r"|came(?! forward)|arriv(?:ed|ing)|assembl(?:ed|ing)|demonstrat(?:ed|ing)|picket(?:ed|ing)"
    r"|occup(?:ied|ying)|block(?:ed|ing) (?:the|a|roads|traffic)|queu(?:ed|e?ing)"
    r"|(?:lin|fill|pack|crowd)(?:ed|ing) (?:the|into)|camp(?:ed|ing)|parad(?:ed|ing)"
    r"|(?:were|was|been) (?:arrested|detained|injured|hurt|killed|sacked|dismissed|evacuated"
    r"|laid off)|died|on strike|downed tools|stopped work"
    r"|stay(?:ed|ing)? (?:away|(?:at )?home|off)"
    r"|t(?:ook|aken?|aking) to the streets"
    r"|(?:join(?:ed|ing)|t(?:ook|aken?|aking) part in) (?:(?:the|a|an|this|that|its)\s)?"
    r"(?:[\w’'-]+\s){0,2}?(?:march|marches|rall(?:y|ies)|protests?|strikes?|walk-?outs?"
    r"|demonstrations?|vigils?|pickets?|parades?|sit-ins?)"
    r"|sign(?:ed|ing)(?: (?!online)[\w’'#-]+){0,5}? (?:paper|by hand|in person|in ink)"
)
#: Where people come together; "the rally drew 7,000 people" counts them there.
GATHERINGS: Final = (
    r"(?:march|rally|protest|strike|walk-?out|demonstration|vigil|picket|parade|sit-in|meeting"
    r"|concert|event|blockade)(?:e?s)?"
)
#: Social media without a platform's name.
SOCIAL_CUES: Final = (
    r"social[- ](?:media|networks?)|online|e-petitions?|hashtags?|tag|phrase|viral"
    r"|trend(?:s|ed|ing)?"
)
#: Platforms where money is raised: a sum beside their names was raised there.
FUNDRAISING_PLATFORMS: Final = frozenset(
    "GoFundMe JustGiving Kickstarter Indiegogo Crowdfunder Patreon".split()
)

#: Platforms where petitions are signed: no other one has signatures.
PETITION_PLATFORMS: Final = frozenset("Change.org Avaaz Care2 MoveOn iPetitions".split()) | {
    "38 Degrees"
}

# --- sources ---------------------------------------------------------------------------

VERBS_OF_SAYING: Final = (
    r"said|says|say|told|tells|reported|reports|announced|announces|confirmed|confirms"
    r"|estimated|estimates|estimate|found|finds|claimed|claims|claim|noted|notes|wrote|writes"
    r"|showed|shows|show|revealed|reveals|tallied|counted|calculated|stated|states|added|adds"
    r"|explained|tweeted|cited|cites|recorded|suggested|suggests|suggest|indicated|indicates"
    r"|insisted|recalled|asked|asks|warned|warns|admitted|complained|joked|registered|logged"
    r"|measured|detected|identified|projected"
    r"|(?:settled|settles)(?= on)|(?:came|come)(?= up with)"
    r"|argued|acknowledged|spoke(?= of)|speaks?(?= of)|put(?= (?:(?:the"
    r"|its|their) (?:\w+ ){1,3}|(?:it|this|that) )?at\b)"
)
#: Those of them that any crowd could be the subject of, without being a source.
VERBS_OF_DOING: Final = frozenset(
    "found finds showed shows show revealed reveals counted added tweeted recorded noted wrote"
    " writes put asked asks registered logged measured detected identified settled settles came"
    " come".split()
)
#: Those whose figure stands behind a particle: "settled on 200,000", "came up with 40".
VERBS_WITH_A_PARTICLE: Final = frozenset("settled settles came come put".split())
#: Head nouns of sources that have no name of their own.
SOURCE_NOUNS: Final = (
    r"company|firm|platform|site|website|network|giant|service|app|police|officers?|officials?"
    r"|organi[sz]ers?|researchers?|scientists?|spokes(?:man|woman|person|people)"
    r"|representatives?|authorities|report|study|survey|poll|polls|data|figures?|analysis"
    r"|analysts?|experts?|group|charity|charities|campaigners?|activists?|agency|agencies"
    r"|ministry|minister|department|university|union|unions|newspaper|paper|magazine|tracker"
    r"|statement|documents?|filings?|records|lawyers?|prosecutors?|investigators?|estimates?"
    r"|statistics|numbers|tally|count|foundation|institute|commission|government|council"
    r"|founder|president|director|chief|executive|manager|mayor|broadcaster|regulator|bank"
    r"|monitor|monitors|economists?|census|review|inquiry|paper|source|sources|insiders?|aides?"
    r"|probe|investigation|audit|outfit|consultancy|observatory|start-?up|pollsters?|lobby"
    r"|federations?|associations?|alliance|coalition|committee|board|league|opposition|watchdog|think-?tank"
    r"|person|people|bulletin|post|blog|news agency|front page"
)
#: Heads of what is not itself a speaker: the name behind "by" or "from" is the source.
DATA_NOUNS: Final = (
    r"report|study|survey|poll|data|figures?|analysis|documents?|filings?|records|estimates?"
    r"|statistics|numbers|tally|count|review|research|information|statement"
)
#: Ways to name a platform's company without its name.
COMPANY_WORDS: Final = frozenset(
    "company|firm|platform|site|website|network|social network|social media company"
    "|social-media company|social media giant|social media site|social media platform"
    "|social media service|tech giant|tech company|technology company|microblogging site"
    "|microblogging service|service|app|social networking site|video site|video-sharing site"
    "|photo-sharing site|photo-sharing app|company's".split("|")
)

# --- time ------------------------------------------------------------------------------

#: Words for stretches of time. "second" is not among the singulars: "for a second time".
TIME_UNITS: Final = (
    r"(?:(?:minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade"
    r"|generation)s?|seconds|century|centuries|hrs?|mins?|secs?)"
)
#: Numbers as they are written in windows ("in four days").
NUMBER_WORDS: Final = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four"
    r"|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
WEEKDAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)(?!\w)"
)
PARTS_OF_DAY: Final = (
    r"(?:morning|afternoon|evening|night|lunchtime|noon|midday|teatime|dawn)\b"
)
#: Verbs in the past that do not end in -ed: they tell a moment from a reason ("since the
#: campaign began", but not "since the rules are voluntary").
IRREGULAR_PASTS: Final = (
    r"began|went|broke|came|took|made|left|got|saw|said|told|set|hit|rose|fell|won|lost|became"
    r"|wrote|put|spoke|met|ran|shut|grew|cut|found|gave|held|sent|sank|swept|had|did|shot|led"
    r"|sold|drew|paid|bought|read|felt"
)


def either(words: Iterable[str]) -> str:
    """Give an expression for any of some words, longest first; a space is any white space."""
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
