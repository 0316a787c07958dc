"""Posts that a page shows: every one is kept, at its place, with who wrote it and when."""

from __future__ import annotations

import pytest
from pages import article, facebook, instagram, of_kind, page, paragraph, passages, prose, tweet

from metoo_research.readers import Post


def test_a_tweet_is_kept_at_its_place_with_author_handle_date_and_address() -> None:
    found = article(page(prose(1) + tweet() + prose(2)))
    assert [kind for kind, _ in passages(found)] == [
        "headline", "body", "embedded_tweet", "tweet_credit", "body",
    ]  # fmt: skip
    assert of_kind(found, "embedded_tweet") == [
        "We were all there, and nobody asked us. #docks"
    ]
    assert of_kind(found, "tweet_credit") == ["— Cora Crane (@coracrane) October 15, 2017"]
    said = Post(
        author="Cora Crane",
        handle="@coracrane",
        posted="October 15, 2017",
        url="https://twitter.com/coracrane/status/919659",
    )
    assert [part.post for part in found.passages] == [None, None, said, said, None]


def test_an_instagram_post_is_kept_with_author_handle_and_date() -> None:
    found = article(page(prose(1) + instagram() + prose(2)))
    assert of_kind(found, "embedded_tweet") == ["The yard this morning."]
    post = found.passages[2].post
    assert post == Post(
        author="Dan Dock",
        handle="@dan.dock",
        posted="Oct 17, 2017 at 1:00pm PDT",
        url="https://www.instagram.com/p/Ba3xYz/",
    )


def test_a_post_without_words_keeps_its_credit() -> None:
    found = article(page(prose(1) + instagram("") + prose(2)))
    assert of_kind(found, "embedded_tweet") == []
    assert len(of_kind(found, "tweet_credit")) == 1


def test_a_facebook_post_is_kept() -> None:
    found = article(page(prose(1) + facebook() + prose(2)))
    assert of_kind(found, "embedded_tweet") == ["Reading all of these tonight."]
    post = found.passages[2].post
    assert post is not None
    assert (post.author, post.handle, post.posted) == (
        "Eve East", None, "Monday, October 16, 2017",
    )  # fmt: skip


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<div class='embed embedded'>{}</div>",
        "<figure class='op-interactive'>{}</figure>",
        "<div class='social-share widget'><div>{}</div></div>",
        "<aside class='embed'>{}</aside>",
        "<ul><li>{}</li></ul>",
        "<center>{}</center>",
        "<p>{}</p>",
        "<section><p>So one of them wrote:</p>{}</section>",
        "<figure>{}<figcaption>Seen a thousand times.</figcaption></figure>",
    ],
)
def test_a_tweet_is_kept_whatever_is_around_it(around: str) -> None:
    body = prose(1) + around.format(tweet("First words.")) + prose(2) + tweet("Last words.")
    found = article(page(body))
    assert of_kind(found, "embedded_tweet") == ["First words.", "Last words."]
    places = [found.text.index(part) for part in (paragraph(1), "First words.", paragraph(2))]
    assert places == sorted(places)


def test_an_article_of_little_but_tweets_keeps_all_of_them_in_order() -> None:
    texts = [f"Tweet number {number}, word for word." for number in range(30)]
    tweets = "".join(
        f"<p>And then:</p>{tweet(text, number=number)}" for number, text in enumerate(texts)
    )
    assert (
        of_kind(article(page(f"<p>This is what they wrote.</p>{tweets}")), "embedded_tweet")
        == texts
    )


def test_the_same_tweet_shown_twice_is_there_twice() -> None:
    found = article(page(prose(1) + tweet() + prose(2) + tweet() + prose(3)))
    assert len(of_kind(found, "embedded_tweet")) == 2


def test_a_tweet_without_its_class_is_known_by_its_credit() -> None:
    found = article(page(prose(1) + tweet(name="quote") + prose(2)))
    assert len(of_kind(found, "embedded_tweet")) == 1


def test_a_quotation_is_no_post() -> None:
    said = (
        "I would sign it again, and so would everybody I have worked with in all these years."
    )
    found = article(page(f"{prose(1)}<blockquote><p>{said}</p></blockquote>{prose(2)}"))
    assert said in of_kind(found, "body")


def test_line_breaks_in_a_tweet_are_kept_and_entities_resolved() -> None:
    found = article(
        page(prose(1) + tweet("One line<br>Rock &amp; roll<br><br>#docks") + prose(2))
    )
    assert of_kind(found, "embedded_tweet") == ["One line\nRock & roll\n#docks"]


def test_a_post_that_only_a_script_could_show_is_noted() -> None:
    frame = '<iframe src="https://platform.twitter.com/embed/Tweet.html?id=919659"></iframe>'
    assert article(page(prose(1) + frame + prose(2))).notes == (
        "1 embedded post without text in the page",
    )


def test_a_post_in_a_frame_that_the_page_holds_is_read() -> None:
    inner = tweet("Inside a frame.").replace('"', "&quot;")
    found = article(page(f'{prose(1)}<iframe srcdoc="{inner}"></iframe>{prose(2)}'))
    assert of_kind(found, "embedded_tweet") == ["Inside a frame."]


def test_author_and_date_of_a_post_are_not_taken_for_the_articles() -> None:
    found = article(page(prose(1) + instagram() + prose(2)))
    assert (found.author, found.published) == (None, None)
