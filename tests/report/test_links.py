"""Links lead to files beside the report and to pages on the web, and to nothing else."""

import pytest

from metoo_research.report.links import href, web_address


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("tables/words.csv", "tables/words.csv"),
        ("../my figures/über.png", "../my%20figures/%C3%BCber.png"),
        ("a#b?c.csv", "a%23b%3Fc.csv"),
        ("file:///C:/figures/a%20b.png", "file:///C:/figures/a%20b.png"),
    ],
)
def test_a_path_is_quoted_unless_it_is_an_address(path: str, address: str) -> None:
    assert href(path) == address


def test_a_name_that_is_no_text_has_an_address_in_ascii() -> None:
    assert href("tables/a\udcff.csv").isascii()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("HTTP://example.org", "http://example.org"),
        ("https://example.org:8080/a%20b c", "https://example.org:8080/a%20b%20c"),
        ("https://example.org/ü?q=“x”", "https://example.org/%C3%BC?q=%E2%80%9Cx%E2%80%9D"),
        ("https://zeitung.example/\ud83d", "https://zeitung.example/%5Cud83d"),
        ("https://bücher.example/a", "https://bücher.example/a"),
        ("http://[::1]/a", "http://[::1]/a"),
    ],
)
def test_an_address_of_a_web_page_is_one_that_a_link_can_hold(url: str, address: str) -> None:
    assert web_address(url) == address
    assert web_address(address) == address


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///etc/hosts",
        "www.example.org",
        "https://",
        "https:///path",
        "http://[::1",
        "http://example.org:port/",
        "http://two words.example/",
        'http://"quoted".example/',
        "http://half\ud83d.example/",
    ],
)
def test_what_leads_to_no_web_page_is_no_address(url: str | None) -> None:
    assert web_address(url) is None
