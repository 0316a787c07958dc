"""The closed word lists of the metrics grammar: each kind of word is listed once, here.

Adding a measure, a hedge or a verb of saying is one line.
"""

from __future__ import annotations

from typing import Final, Literal

Bound = Literal["exact", "at_least", "at_most", "about", "vague"]

# --- numbers ---------------------------------------------------------------------------

ONES: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS: Final = {
    word: value * 10
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
SCALES: Final = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "crore": 10**7,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
#: Letters that stand directly behind digits ("1.2M", "12bn"). A small "m" or "b" alone is
#: also a metre or a byte: see ``numbers.py``.
GLUED_SCALES: Final = {
    "k": 1_000,
    "K": 1_000,
    "m": 10**6,
    "M": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "b": 10**9,
    "B": 10**9,
    "bn": 10**9,
    "Bn": 10**9,
    "BN": 10**9,
    "t": 10**12,
    "T": 10**12,
    "tn": 10**12,
    "trn": 10**12,
}
#: Plural number words: a vague count, given its smallest unit.
VAGUE_PLURALS: Final = {
    "dozens": 12,
    "scores": 20,
    "tens": 10,
    "hundreds": 100,
    "thousands": 1_000,
    "millions": 10**6,
    "billions": 10**9,
    "trillions": 10**12,
}
VAGUE_QUANTIFIERS: Final = frozenset({"few", "several", "many", "couple", "some"})
FRACTIONS: Final = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fourth": 4,
    "fourths": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
    "ninths": 9,
    "tenth": 10,
    "tenths": 10,
}
ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        " twentieth".split(),
        start=1,
    )
}
PERCENT_WORDS: Final = ("%", "percent", "per cent", "pct", "pc", "percentage points",
                        "percentage point")  # fmt: skip
CURRENCY_SIGNS: Final = "$£€¥₹₩₽₪₺₦฿"
CURRENCY_WORDS: Final = frozenset(
    "dollar dollars pound pounds euro euros yen yuan rupee rupees shekel shekels peso pesos"
    " franc francs cent cents pence rouble roubles ruble rubles won rand krona kronor".split()
)

# --- hedges ----------------------------------------------------------------------------

#: Words before a number and what they say of it. Longer ones are tried first.
HEDGES_BEFORE: Final[dict[str, Bound]] = {
    "more than": "at_least",
    "over": "at_least",
    "at least": "at_least",
    "no fewer than": "at_least",
    "no less than": "at_least",
    "not less than": "at_least",
    "not fewer than": "at_least",
    "upwards of": "at_least",
    "upward of": "at_least",
    "in excess of": "at_least",
    "north of": "at_least",
    "above": "at_least",
    "well over": "at_least",
    "just over": "at_least",
    "a little over": "at_least",
    "slightly more than": "at_least",
    "well above": "at_least",
    "exceeding": "at_least",
    "greater than": "at_least",
    "higher than": "at_least",
    "a minimum of": "at_least",
    "minimum": "at_least",
    "beyond": "at_least",
    "surpassing": "at_least",
    "topping": "at_least",
    "up to": "at_most",
    "as many as": "at_most",
    "as much as": "at_most",
    "no more than": "at_most",
    "not more than": "at_most",
    "at most": "at_most",
    "at the most": "at_most",
    "fewer than": "at_most",
    "less than": "at_most",
    "lower than": "at_most",
    "under": "at_most",
    "just under": "at_most",
    "below": "at_most",
    "a maximum of": "at_most",
    "short of": "at_most",
    "about": "about",
    "around": "about",
    "roughly": "about",
    "approximately": "about",
    "approx": "about",
    "some": "about",
    "nearly": "about",
    "almost": "about",
    "close to": "about",
    "an estimated": "about",
    "estimated": "about",
    "more or less": "about",
    "circa": "about",
    "somewhere around": "about",
    "in the region of": "about",
    "in the order of": "about",
    "on the order of": "about",
    "virtually": "about",
    "practically": "about",
    "nigh on": "about",
    "perhaps": "about",
    "maybe": "about",
    "~": "about",
    "≈": "about",
    ">": "at_least",
    "≥": "at_least",
    "<": "at_most",
    "≤": "at_most",
}
#: Words behind a number (or behind its unit).
HEDGES_AFTER: Final[dict[str, Bound]] = {
    "+": "at_least",
    "or more": "at_least",
    "or higher": "at_least",
    "or above": "at_least",
    "and counting": "at_least",
    "plus": "at_least",
    "and more": "at_least",
    "and up": "at_least",
    "or fewer": "at_most",
    "or less": "at_most",
    "or so": "about",
    "or thereabouts": "about",
    "-odd": "about",
    " odd": "about",
    "-plus": "at_least",
}

# --- measures --------------------------------------------------------------------------

#: Head nouns of what is counted, and the measure they are. A noun that is not here is its
#: own measure.
MEASURES: Final = {
    "tweet": "tweets",
    "twitter post": "tweets",
    "retweet": "retweets",
    "reblog": "retweets",
    "repost": "retweets",
    "like": "likes",
    "favorite": "likes",
    "favourite": "likes",
    "upvote": "likes",
    "reply": "replies",
    "response": "replies",
    "comment": "comments",
    "post": "posts",
    "posting": "posts",
    "toot": "posts",
    "status": "posts",
    "message": "posts",
    "video": "videos",
    "reaction": "reactions",
    "share": "shares",
    "view": "views",
    "impression": "views",
    "user": "users",
    "account": "users",
    "follower": "followers",
    "subscriber": "followers",
    "mention": "mentions",
    "use": "mentions",
    "hashtag": "hashtags",
    "interaction": "interactions",
    "engagement": "interactions",
    "signature": "signatures",
    "signatory": "signatures",
    "donation": "donations",
    "download": "downloads",
    "visit": "visits",
    "search": "searches",
    "story": "stories",
    "testimony": "stories",
    "testimonial": "stories",
    "people": "people",
    "person": "people",
}
#: Measures that only social media have; the others need a platform or an act beside them.
PLATFORM_MEASURES: Final = frozenset(
    "tweets retweets likes replies comments posts reactions shares views followers mentions"
    " hashtags interactions signatures videos".split()
)
#: People who post are counted as people on social media, whoever they are.
PERSON_NOUNS: Final = frozenset(
    "people person woman man user girl boy child teenager teen student survivor victim employee"
    " worker member supporter follower fan activist celebrity actor actress other reader viewer"
    " American adult athlete teacher nurse scientist journalist voter resident citizen friend"
    " mother father parent".split()
)
#: "was tweeted nearly a million times": the verb says what is counted.
VERB_MEASURES: Final = {
    "tweeted": "tweets",
    "retweeted": "retweets",
    "shared": "shares",
    "reposted": "shares",
    "liked": "likes",
    "favorited": "likes",
    "favourited": "likes",
    "viewed": "views",
    "watched": "views",
    "seen": "views",
    "played": "views",
    "used": "mentions",
    "mentioned": "mentions",
    "posted": "posts",
    "commented": "comments",
    "downloaded": "downloads",
    "searched": "searches",
    "signed": "signatures",
    "invoked": "mentions",
    "appeared": "mentions",
}
#: What people do on social media: a count of people beside one of these is a social metric.
SOCIAL_ACTS: Final = (
    r"tweet(?:s|ed|ing)?|retweet(?:s|ed|ing)?|post(?:s|ed|ing)?|repl(?:y|ies|ied|ying)"
    r"|respond(?:s|ed|ing)?|shar(?:e|es|ed|ing)|comment(?:s|ed|ing)?"
    r"|us(?:e|es|ed|ing) the hashtag|hashtag\w*|declared?|chim(?:ed|ing) in"
    r"|weigh(?:ed|ing) in|sign(?:ed|ing)|follow(?:s|ed|ing)?|like[sd]|"
    r"us(?:ed|ing) #\w+|t(?:ook|aking|aken?) to (?:social media|twitter|facebook|instagram)"
    r"|chang(?:ed|ing) their (?:profile|avatar)\w*|uploaded?|talking about"
)

# --- sources ---------------------------------------------------------------------------

VERBS_OF_SAYING: Final = (
    r"said|says|say|told|tells|reported|reports|announced|announces|confirmed|confirms"
    r"|estimated|estimates|estimate|found|finds|claimed|claims|claim|noted|notes|wrote|writes"
    r"|showed|shows|show|revealed|reveals|tallied|counted|calculated|stated|states|added"
    r"|explained|tweeted|released|cited|cites|recorded|put the (?:number|figure|total|tally) at"
)
#: Ways to name a platform's company without its name.
COMPANY_WORDS: Final = frozenset(
    "the company|the firm|the platform|the site|the website|the network|the social network"
    "|the social media company|the social media giant|the social media site|the social media"
    " platform|the tech giant|the microblogging site|the microblogging service|the service"
    "|the app|the social networking site|the social-media company|the video site".split("|")
)

# --- time ------------------------------------------------------------------------------

TIME_UNITS: Final = (
    r"(?:(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade"
    r"|century|centurie|generation)s?|hrs?|mins?)"
)
WEEKDAYS: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
