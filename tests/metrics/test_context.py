import pytest
from reading import CAMPAIGN, field_of, figure, figures, table_of

from metoo_research.study import Platform, Study


@pytest.mark.parametrize(
    ("text", "platform", "basis"),
    [
        ("It drew 300 tweets.", "Twitter", "unit word"),
        ("On Facebook it drew 300 posts.", "Facebook", "same sentence"),
        ("It drew 300 likes on Instagram.", "Instagram", "same sentence"),
        ("Twitter users saw 300 likes on Instagram.", "Instagram", "same sentence"),
        ("It drew 300 posts on Facebook and Twitter.", "Facebook+Twitter", "same sentence"),
        ("It drew 300 tweets, Facebook and Instagram posts.",
         "Twitter+Facebook+Instagram", "unit word"),
        ("After her tweet, it drew 300 posts, according to Facebook.", "Facebook",
         "same sentence"),
        ("It drew 300 posts on X.", "Twitter", "same sentence"),
        ("Women shared 300 posts across social media.", None, None),
        ("The online petition has 300 signatures, she tweeted.", None, None),
    ],
)  # fmt: skip
def test_the_platform_of_a_figure(text: str, platform: str | None, basis: str | None) -> None:
    found = figure(text)
    assert found["kind"] == "social_metric"
    assert (found["platform"], found["platform_basis"]) == (platform, basis)


def test_the_platform_of_a_sentence_before() -> None:
    found = figure("She turned to Twitter.", "A day later, 300 people had replied.")
    assert (found["platform"], found["platform_basis"]) == ("Twitter", "earlier sentence")


def test_a_sentence_that_goes_on_with_the_count_before() -> None:
    found = figure("It drew 900 retweets on Monday.", "It had 120 on Sunday.")
    assert (found["measure"], found["platform"]) == ("retweets", "Twitter")


def test_a_share_that_leaves_out_what_it_is_of() -> None:
    text = "Kenya sent 38 percent of the tweets, Ghana 26 percent."
    assert field_of("platform", text) == ["Twitter", "Twitter"]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("She has 3,000 followers on Instagram.", None),  # hers, not the campaign's
        ("The campaign has 3,000 followers on Instagram.", "#CleanRivers"),
        ("That one drew 300 tweets.", "#BlueLakes"),
    ],
)
def test_which_campaign_a_count_speaks_of(text: str, subject: str | None) -> None:
    before = "Others answered with #BlueLakes."
    assert figure(before, text)["subject"] == subject


def test_a_platform_is_forgotten_after_five_sentences() -> None:
    between = ["Nothing happened."] * 5
    assert figure("She turned to Twitter.", *between, "It drew 300 likes.")["platform"] is None


def test_each_figure_its_own_platform() -> None:
    text = "It was shared 300 times on Facebook and 120 times on Twitter."
    assert field_of("platform", text) == ["Facebook", "Twitter"]


@pytest.mark.parametrize(
    ("before", "text", "subject"),
    [
        ("Boats.", "It drew 300 tweets.", "#CleanRivers"),
        ("Boats.", "Clean Rivers drew 300 tweets.", "#CleanRivers"),
        ("Boats.", "#SaveTheBay drew 300 tweets.", "#SaveTheBay"),
        ("#SaveTheBay began in May.", "This hashtag drew 300 tweets.", "#SaveTheBay"),
        ("#SaveTheBay began in May.", "It drew 300 tweets.", "#CleanRivers"),
        ("Boats.", "The ‘Blueriver’ hashtag drew 300 tweets.", "#Blueriver"),
    ],
)
def test_the_campaign_that_a_figure_speaks_of(before: str, text: str, subject: str) -> None:
    assert figure(before, text)["subject"] == subject


def test_two_hashtags_in_a_sentence() -> None:
    text = "#CleanRivers was tweeted 300 times and #SaveTheBay 120 times."
    assert field_of("subject", text) == ["#CleanRivers", "#SaveTheBay"]


def test_without_a_campaign_the_article_tells_the_subject() -> None:
    sentences = ["#SaveTheBay spreads", *["Nothing happened."] * 6, "It drew 300 tweets."]
    assert figure(*sentences, campaign=None)["subject"] == "#SaveTheBay"
    assert figure("It drew 300 tweets.", campaign=None)["subject"] is None
    assert figure(*sentences, campaign=CAMPAIGN)["subject"] == "#CleanRivers"


@pytest.mark.parametrize(
    "text",
    [
        "Shares in the firm fell; 20 million shares changed hands.",
        "There are two views of the matter.",
        "The council cut 300 posts.",
        "The faith has 1.3 billion followers of Islam.",
        "Three people sharing a room were asked.",
        "The march drew 300 people.",
        "The film won the likes of 12 critics.",
        "Of 300 adults asked, most had heard of the hashtag.",
    ],
)
def test_words_of_social_media_that_mean_something_else(text: str) -> None:
    assert {row["kind"] for row in figures(text)} == {"other_count"}


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("The campaign has 2,700 followers on Twitter and 7,900 on Instagram.",
         ["followers", "followers"]),
        ("It drew 74,000 tweets, compared with 9,000 for its rival.", ["tweets", "tweets"]),
        ("Of the 300 tweets, 27 percent of them were angry.", ["tweets", None]),
        ("On Twitter, 300 people used #CleanRivers.", ["people"]),
        ("It was liked by more than 300 people.", ["people"]),
    ],
)  # fmt: skip
def test_figures_that_leave_out_what_they_count(text: str, measures: list[str]) -> None:
    assert field_of("measure", text) == measures
    assert set(field_of("subject", text)) == {"#CleanRivers"}


def test_money_raised_on_a_platform() -> None:
    found = figure("The page has raised $300 on GoFundMe.")
    assert (found["kind"], found["platform"]) == ("money", "GoFundMe")


@pytest.mark.parametrize(
    "text",
    [
        "300 people marched to the dam, and the tag drew 900 tweets.",
        "300 people signed a paper petition, while 900 tweets carried the tag.",
        "The rally drew 300 people, and the clip was shared 900 times on Twitter.",
        "300 people joined the march and posted 900 tweets.",
        "After 300 people gathered, 900 people posted on Twitter.",
        "Of the 300 workers on strike, 900 tweeted.",
        "300 people turned up, but the tag was shared 900 times on Twitter.",
        "300 pupils stayed at home, and the tag drew 900 tweets.",
    ],
)
def test_who_did_something_elsewhere_is_on_no_platform(text: str) -> None:
    there, online = figures(text)
    assert (there["kind"], there["platform"]) == ("other_count", None)
    assert (online["kind"], online["platform"]) == ("social_metric", "Twitter")


@pytest.mark.parametrize(
    "text",
    [
        "300 students who marched posted pictures on Twitter.",
        "300 students gathered virtually on Twitter and posted pictures.",
    ],
)
def test_a_deed_may_say_only_who_the_people_are_or_be_online(text: str) -> None:
    found = figure(text)
    assert (found["kind"], found["platform"]) == ("social_metric", "Twitter")


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("300 people said they would attend on Facebook.", "people"),
        ("300 people have clicked “going” on Facebook.", "people"),
        ("The event has 300 RSVPs on Facebook.", "rsvps"),
        ("The Facebook group has 300 members.", "people"),
        ("The Facebook event has 300 guests.", "guests"),
    ],
)
def test_who_answers_an_invitation_on_a_platform(text: str, measure: str) -> None:
    found = figure(text)
    assert (found["platform"], found["measure"]) == ("Facebook", measure)


@pytest.mark.parametrize(
    "text",
    [
        "The union, which has a Facebook page, has 300 members.",
        "300 people said they would attend.",
    ],
)
def test_who_belongs_or_comes_without_a_platform(text: str) -> None:
    assert figure("She turned to Facebook.", text)["kind"] == "other_count"


def study_of(*platforms: Platform) -> Study:
    return Study(campaign=CAMPAIGN, platforms=platforms)


TWITTER = Platform(name="Twitter", words=("tweet*",))


@pytest.mark.parametrize(
    "text",
    [
        "On Mastodon, 300 posts told of it.",
        "It had 300 likes on Instagram.",
        "It drew 300 posts on Twitter and Mastodon.",
        "It drew 300 toots.",
        "On Discord, 300 users shared it.",
        "Its Facebook group has 300 members.",
        "The 38 Degrees petition has 300 signatures.",
    ],
)
def test_a_platform_that_the_study_does_not_list_is_no_other_one(text: str) -> None:
    rows = table_of("She turned to Twitter.", text, study=study_of(TWITTER))
    assert rows["kind"].tolist() == ["social_metric"]
    assert rows["platform"].isna().all()
    assert rows["platform_basis"].isna().all()


def test_each_figure_its_platform_where_one_is_not_listed() -> None:
    text = "It had 900 posts on Twitter and 300 on Mastodon."
    rows = table_of(text, study=study_of(TWITTER))
    assert rows["platform"].fillna("").tolist() == ["Twitter", ""]


def test_another_name_of_a_listed_platform_is_that_platform() -> None:
    renamed = Platform(name="X", aliases=("Twitter",), words=("tweet*",))
    rows = table_of("It had 300 likes on Twitter.", study=study_of(renamed))
    assert rows["platform"].tolist() == ["X"]


def test_a_study_may_call_twitter_by_no_name_of_its_own() -> None:
    rows = table_of(
        "It had 300 likes on X.",
        study=study_of(Platform(name="Bird", aliases=("twitter.com",))),
    )
    assert rows["platform"].isna().all()
