"""For every labelling rule, a line that it must find and lines that it must leave alone.

The line in question begins with ``>>``; ``A`` and ``B`` stand for paragraphs of running text.
"""

A = "The committee met on Tuesday to hear what residents had to say about the plan."
B = "It will meet again next month, when a final vote is expected from all members."


def page(marked: str) -> tuple[str, int]:
    """The text of an example, and where its marked line starts."""
    lines = [{"A": A, "B": B}.get(line, line) for line in marked.split("\n")]
    text = "\n".join(lines)
    return text.replace(">>", "", 1), text.index(">>")


FIRES = {
    "tweet_credit": [
        "A\nMe too.\n>>— Jo Field (@jofield_rn) March 9, 2018\nB",
        "A\nMe too.\n>>-- Jo Field (@jofield_rn)\nB",
        "A\nMe too.\n>>Jo Field (@jofield_rn) 9 March 2018\nB",
        "A\n\nMorning run\n>>A post shared by Jo Field (@jo.field) on Mar 11, 2018",
        "A\n\n@jofield_rn\nMe too.\n>>9:12 AM - 11 Mar 2018\n\nB",
    ],
    "tweet_above_credit": [
        "A\n>>I was there.\n— Jo Field (@jofield_rn) March 9, 2018\nB",
        "A\n\n>>I was there.\nNobody listened.\n— Jo Field (@jofield_rn) March 9, 2018\n\nB",
        "A\n\nHe tweeted:\n\n>>I was here.\n\nNobody listened.\n\n— Jo (@jo) May 9, 2018\n\nB",
    ],
    "post_ending_in_link": [
        "A\n>>Not a soul out there #nightrun pic.twitter.com/a1b2c3d4e5\nB",
        "A\n>>We are hiring! https://t.co/AbCd123456\nB",
    ],
    "typed_headline": [
        ">>Headline: Residents speak out\nDate: 14 May 2019\nSource: Tideline\n\nA\nB"
    ],
    "typed_author": ["Title: Residents speak out\n>>Author: Daniel Ortiz\n\nA\nB"],
    "typed_date": ["Title: Residents speak out\n>>Date: 14 May 2019\n\nA\nB"],
    "typed_outlet": ["Title: Residents speak out\n>>Source: Tideline\n\nA\nB"],
    "typed_address": ["Title: Residents speak out\n>>URL: https://a.example/b\n\nA\nB"],
    "address_of_page": [
        ">>https://a.example/b\n\nResidents speak out\n\nA\nB",
        "A\nB\n>>Source: https://a.example/b",
    ],
    "comment_form": [
        f"A\nB\n>>{line}"
        for line in (
            "0comments", "Comments (12)", "Leave a Reply", "Leave a comment below!",
            "Your e-mail address will not be published or shared.",
            "Log in or register to post a comment",
            "Be the first to comment on this story", "Comments are closed.", "View 14 comments",
            "Email *", "Notify me of new posts by email.",
        )
    ],
    "read_more_elsewhere": [
        f"A\nB\n>>{line}"
        for line in (
            "Read the whole story at Tideline…", "See the original post here.",
            "Continue reading →", "[Read more…]", "Click here to read the rest",
        )
    ],
    "legal_notice": [
        f"A\nB\n>>{line}"
        for line in (
            "© 2021 NorthWire", "Copyright 2017 NorthWire. All rights reserved.",
            "This material may not be published, broadcast, rewritten or redistributed.",
            "We use cookies to make this site work.",
            "By signing up you agree to our terms of service and privacy policy.",
            "Terms of Use | Privacy Policy | Contact",
        )
    ],
    "affiliate_notice": [
        "A\nB\n>>We may earn a commission from links on this page.",
        "A\nB\n>>If you buy something through one of our links, we may receive a small fee.",
        ">>Our site gets compensation when you purchase products that we recommend.\nA\nB",
    ],
    "first_publication": [
        f"A\nB\n>>{line}"
        for line in (
            "This article originally appeared on Tideline.", "First published in Tideline.",
            "The post Night buses return appeared first on Tideline.",
            "Republished with permission.", "This story was first published by Tideline.",
        )
    ],
    "editors_note": [
        "A\nB\n>>Correction: an earlier version gave the wrong date.",
        "A\nB\n>>This article has been updated to include a statement by the union.",
        ">>Trigger warning: this piece describes violence.\nA\nB",
        ">>Editor's note: some names have been changed.\nA\nB",
    ],
    "helpline_notice": [
        "A\nB\n>>If you need to talk to someone, call the helpline on 0800 000 000.",
        "A\nB\n>>If you have been affected by this story, visit www.example.org for support.",
    ],
    "ornament": ["A\n\n>>* * *\n\nB", "A\n\n>>—\n\nB", "A\n>>________________\nB"],
    "tags": ["A\nB\n>>Tags: buses, night, Otley", ">>Home > News > Transport\nA\nB"],
    "link_list": [
        "A\nB\n>>You might also like:\nBuses Return to the Valley",
        "A\nB\nRelated stories\n>>Buses Return to the Valley",
        "A\n>>Read more about night buses:\nBuses Return to the Valley\nB",
    ],
    "link_label": [
        "A\n>>WATCH: The moment the bridge opened\nB",
        "A\n>>Related: How the valley lost its buses\nB",
        "A\n>>**See also: “The last driver” in pictures**\nB",
    ],
    "link_wording": [
        "A\n>>Up Next: Driver Finds Owner of Lost Violin\nB",
        "A\n>>READ MORE Valley buses return after ten years\nB",
        "A\n>>ADVERTISEMENT\nB",
        "A\nB\n>>Read more »",
    ],
    "call_to_follow": [
        f"A\nB\n>>{line}"
        for line in (
            "Follow Ada on Twitter: @adamensah_", "Follow @tideline on Instagram",
            "Like us on Facebook for more from the coast!", "Find us on Facebook and Twitter",
            "Follow her on Twitter at @adamensah_.", "Email Ada Mensah at ada@example.org",
        )
    ],
    "call_to_subscribe": [
        f"A\nB\n>>{line}"
        for line in (
            "Sign up to our weekly newsletter", "Subscribe now and get every issue for free",
            "Get the best of Tideline delivered to your inbox", "Download our app",
        )
    ],
    "share_button": ["A\nB\n>>Share this article", "A\nB\n>>Facebook | Twitter | Email"],
    "call_to_act": [
        "A\nB\n>>Sign the petition here.", "A\nB\n>>You can also donate online.",
        "A\nB\n>>Take action: Write to the minister",
        "A\n>>Fairwater works for clean water. Wells are few. You can take action here.",
        "A\nB\n>>Click here to see all the pictures.",
    ],
    "byline": [
        ">>By Daniel Ortiz\nA\nB", ">>By DANIEL ORTIZ and Mary-Jane O’Neill\nA\nB",
        ">>by Ana de la Cruz | Tideline\nA\nB", ">>By Daniel Ortiz, political editor\nA\nB",
        ">>Words by Daniel Ortiz\nA\nB", ">>By Daniel Ortiz | Oct 16, 2017 3:00 pm EDT\nA\nB",
        "A\nB\n>>By Reuters Staff", ">>By Daniel Ortiz, 14 May 2019\nA\nB",
        ">>By The Daily Tide Staff\nA\nB", ">>By Daniel Ortiz, The Tideline Gazette\nA\nB",
    ],
    "role_below_byline": ["Residents speak out\nBy Daniel Ortiz\n>>Political editor\n\nA\nB"],
    "reporting_credit": [
        "A\nB\n>>(Reporting by Daniel Ortiz; Editing by Mary O’Neill)",
        "A\nB\n>>NorthWire writer Mary O’Neill in Leeds contributed to this report.",
    ],
    "publication_date": [
        ">>Published on\nA\nB", ">>Published on 14 May 2019\nA\nB",
        ">>October 16, 2017\nA\nB", ">>Mon 2 Dec 2019 06.00 GMT\nA\nB",
        ">>Updated 3 hours ago\nA\nB", ">>2017-10-16 | 5 min read\nA\nB",
        ">>First posted at 12:31, October 16, 2017\nA\nB",
    ],
    "outlet_and_date": [
        ">>The Daily Tide, 14 May 2019\n\nResidents speak out against plan\n\nA\nB",
        "Residents speak out\n>>14 May 2019 | Harwich Gazette\nA\nB",
        "Residents speak out\n>>TNN | May 14, 2019, 06:14 IST\nA\nB",
    ],
    "dateline": [">>LONDON (Reuters)\nA\nB", ">>HARWICH, England, March 3 (NorthWire) —\nA\nB",
        "Residents speak out\n\n>>Harwich, 14 May 2019\n\nA\nB",
    ],
    "picture_credit": [
        ">>Photo: Luis Ferrer\nA\nB", "A\n>>Residents at noon. (Photo by Luis Ferrer)\nB",
        "A\n>>The hall in 1931 Luis Ferrer/Getty Images\nB", "A\n>>AP Photo/Luis Ferrer\nB",
        "A\n>>Photographs by Luis Ferrer\nB",
    ],
    "markdown_headline": [">># How the bridge was won\n\nA\nB"],
    "markdown_subhead": ["# How the bridge was won\n\nA\n\n>>## The first winter\n\nB"],
    "outlet_above_headline": [
        ">>The Harwich Gazette\n\nResidents speak out against the plan\n\nA\nB",
        ">>Harwich Gazette\n14 May 2019\nResidents speak out against the plan\n\nA\nB",
        ">>Harwich Gazette\n\nResidents speak out against the plan\n\nBy Daniel Ortiz\n\nA\nB",
        ">>www.tideline.org\n\nResidents speak out against the plan\n\nA\nB",
    ],
    "section_tag_first": [
        ">>News\nResidents speak out against the plan\n\nA\nB",
        ">>UK NEWS\n\nResidents Speak Out Against the Plan\n\nA\nB",
    ],
    "first_line_headline": [
        ">>Residents speak out against plan\n\nA\n\nB",
        ">>Residents Speak Out Against Plan\nA\nB",
        ">>RESIDENTS SPEAK OUT AGAINST PLAN\nA\nB",
        ">>Will the bridge ever open?\n\nA\n\nB",
        ">>Residents speak out against plan\nA\nB\nA",
        ">>‘It is our bridge’, residents tell council\n\nA\n\nB",
    ],
    "headline_above_byline": [
        "A\n\nB\n\n>>Residents Speak Out Against Plan\n\nBy Daniel Ortiz",
    ],
    "section_tag_above_headline": [
        "A\n\nB\n\n>>Our Bridges\n\nResidents Speak Out Against Plan\n\nBy Daniel Ortiz",
    ],
    "outlet_at_the_head": [
        "Residents speak out against plan\n\n>>Harwich Gazette\n\n16 October 2017\n\nA\n\nB",
        "Residents speak out\nBy Daniel Ortiz\n>>The Tideline Journal\n\nA\n\nB",
    ],
    "name_beside_date": [
        "Residents speak out against plan\n\n>>Daniel Ortiz\n\n16 October 2017\n\nA\n\nB",
    ],
    "subhead_below_headline": [
        "Residents Speak Out\n\n>>How one street learned to read the small print\n\nA\n\nB",
        "Residents Speak Out\n\n>>The committee met on Tuesday to hear what [...]\n\nA\n\nB",
        "Residents Speak Out\n>>How one street learned to read the small print\n\nA\n\nB",
    ],
    "keywords_of_picture": [
        "Residents of the Old Town Speak Out\n\nBy Daniel Ortiz\n\nA street with a small print"
        "\n\n>>Residents Old Town Speak\n\nA\n\nB",
    ],
    "crosshead": [
        "A\n\n>>A long night\n\nB", "A\n>>WHAT HAPPENED NEXT\nB", "A\n\n>>2. Start early\n\nB",
        "A\n\n>>What Happened Next?\n\nB",
    ],
}  # fmt: skip

# Sentences of running text that begin or end like something else. Each is tried as the first,
# a middle and the last line of a text, with and without blank lines.
BODY_SENTENCES = [
    "By the time the police came, the street was empty.",
    "By Monday night more than 53 families had left the building.",
    "By then nobody was listening to Mary O’Neill or Daniel Ortiz.",
    "Related problems persist in every village on the coast.",
    "Related: that was the word he used again and again in court.",
    "Read more than 40 books in a year and you will see a pattern.",
    "Read the full report and you will find her name on every page.",
    "See the original story of the bridge as a warning, he told the crowd.",
    "Read: it is all that she asked of them in those years.",
    "Listen: I never asked for any of this, she told them.",
    "Watch the tide for long enough and you learn to wait.",
    "More from him was not to be had that evening.",
    "More on that later, the minister said, and left the room.",
    "Comments by the minister angered many residents.",
    "Comments are closed to the public, the clerk explained.",
    "Leave a comment unanswered and the rumour will grow.",
    "Follow the money, she said, and you will find the owner.",
    "Follow him on his rounds for a day and you understand why he stays.",
    "Like many women on Twitter, she had kept silent for years.",
    "Like Mary O’Neill on Facebook, he asked for patience.",
    "Join the dots on Facebook and a picture emerges, the lawyer said.",
    "Find out what people say on Twitter and you know half of the story.",
    "She signed the petition today.",
    "They hope to sign the petition here in the spring and hand it in today.",
    "Readers can learn more about the exhibition today.",
    "He asked the crowd to take action now.",
    "“You can donate here,” the sign on the wall said.",
    "Sign up for the night shift and your days are gone, she said.",
    "Register to vote, he told the students, and do it before the summer.",
    "Share prices fell by three percent after the news.",
    "Share this with no one, he had told her in a message.",
    "The story first appeared in a local newspaper on Oct. 5, and within days it had spread.",
    "The report was first published by the council last year.",
    "The article originally appeared in 1975, in a magazine that no longer exists.",
    "The names of the residents may not be published under the order.",
    "The company paid compensation to families who had bought its products.",
    "The website said that the commission would look at links between the two firms.",
    "“We received a commission for the links we sold,” the manager told the inquiry.",
    "Twitter said that the posts did not break its terms of service.",
    "Facebook has changed its privacy policy twice this year.",
    "If you called her name, she turned and counted to 100 before she answered.",
    "“If you have been hurt, write to us or call 555 0100,” the singer told the audience.",
    "This story has two sides, and the second one is rarely told.",
    "This article of the constitution was amended in 1954 and never used.",
    "Correction of the records took eleven years, the archive says.",
    "Photographs by the artist hang in the hall of the school.",
    "Pictures from the scene showed smoke over the old market.",
    "Video of the march was shared more than 40,000 times via Facebook.",
    "Image is everything in this trade, he likes to say.",
    "Published in 1999, the novel was forgotten within a year.",
    "Updated rules on noise come into force on 1 May 2019.",
    "October 16, 2017, was the day on which everything changed.",
    "Reporting by the newspaper had led to the resignation of the mayor.",
    "London (population nine million) has fewer of them than Leeds.",
    "She wrote it on a card, signed it “Jo (@jofield)” and went home.",
    "Advertisement for the post began in May, and forty people applied.",
    "Click through the gears and you hear it, the mechanic says.",
    "Warning: that is what the sirens meant in those days.",
    "Tags on the coats gave away who had sold them.",
    "Continue reading aloud, the teacher said, and so they did until noon.",
    "Notify me, she had told the porter, and he forgot.",
    "Recommended doses were exceeded in a third of the cases.",
    "Trending now is the opposite of what lasts, she says.",
    "He said “me too” and she said nothing at all, because there was nothing to say.",
]

# Lines that a rule must leave to the body because of where they stand.
QUIET = [
    # a long paragraph above a credit is no post
    f"A\n\n>>{A} {A} {A} {A} {A} {A} {A} {A}\n\n— Jo Field (@jo) March 9, 2018\n\nB",
    # the sentence that introduces a post stays body
    "A\n\n>>She wrote to her followers that evening:\n\n— Jo Field (@jo) March 9, 2018\n\nB",
    # no headline: a dateline's sentence, an opening sentence, an opening quotation
    ">>HARWICH, England (NorthWire) - The ferry was late again on Friday.\n\nA\n\nB",
    ">>“What has he ever done for us?”\n\nA\n\nB",
    ">>What would happen if all the people who had ever waited for that bus on a winter night"
    " stood up?\n\nA\n\nB",
    ">>They came at noon and\nleft at one, and nobody saw them again in that town.\n\nA",
    # the last line of a body that a byline follows
    "A\n\nB\n\n>>She said that she had only ever written “me too”\n\nBy Daniel Ortiz",
    "A\n\nB\n\n>>Some had walked all night to be there",
    # no crosshead: a question in an interview, a line of verse, the item of a list
    "A\n\n>>Why the bridge?\n\nB",
    "A\n>>and took the names from every door,\nwhile we who stayed said nothing more\nB",
    "A\n>>• Most pupils sleep less than seven hours\nB",
    # a calendar of dates is no publication date
    "A\n\nB\n\nOn the night of\n>>the third of May 2019 nobody slept in the valley.\n\nA",
    # a call within a paragraph that is not the last
    "A\n>>Wells are few in the valley, and the rain is late. You can take action here.\nB\nA",
    # a correction in the middle of the text is part of it
    "A\nB\n>>Correction: the minister had meant to say “soon”, his office wrote.\nA\nB",
    "A\nB\n>>This story was first published by the council as a leaflet.\nA\nB",
]
