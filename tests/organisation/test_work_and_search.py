"""The first page and the search page: composed of parts that other apps serve, and whole without script."""

import re

import pytest

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

PARTS = {
    "caseworker": ["/deviations/", "/cases/mine/", "/space"],
    "manager": ["/queue", "/space"],
    "policy": ["/learning/"],
    "reporter": ["/learning/"],
    "privacy": ["/accountability/access/"],
    "controller": ["/accountability/standing/"],
    "admin": ["/deviations/advice/"],
}


def parts_of(page):
    return re.findall(r'hx-get="([^"]+)"', page)


@pytest.mark.parametrize("who", PARTS)
def test_every_part_of_the_first_page_answers_for_who_sees_it(cast, as_user, who):
    client = as_user(getattr(cast, who))
    parts = parts_of(client.get("/").content.decode())
    assert bool(parts) is bool(PARTS[who])
    for part in parts:
        answer = client.get(part, headers={"HX-Request": "true"})
        assert answer.status_code == 200, part
        assert "<html" not in answer.content.decode(), part


@pytest.mark.parametrize("who", ["caseworker", "manager", "policy", "reporter", "privacy", "controller", "admin"])
def test_every_role_has_something_to_do_on_the_first_page(cast, as_user, who):
    page = as_user(getattr(cast, who)).get("/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    assert re.search(r'<a[^>]+href="/', main)


def test_who_has_no_role_yet_reads_what_to_do(as_user, db):
    assert "nog niet in een team" in as_user(UserFactory()).get("/").content.decode()


def test_each_part_has_an_ordinary_link_for_who_has_no_script(cast, as_user):
    page = as_user(cast.caseworker).get("/").content.decode()
    for section in re.findall(r"<section[^>]+hx-get.*?</section>", page, flags=re.DOTALL):
        assert re.search(r'<a href="/[^"]+">[^<]+</a>', section)


def test_searching_asks_both_apps_with_the_same_words(cast, as_user):
    client = as_user(cast.caseworker)
    parts = parts_of(client.get("/search/", {"q": "huur & meer"}).content.decode())
    assert len(parts) == 2
    for part in parts:
        assert "q=huur%20%26%20meer" in part
        assert client.get(part.replace("&amp;", "&"), headers={"HX-Request": "true"}).status_code == 200


def test_without_words_the_page_says_what_it_is_for(cast, as_user):
    page = as_user(cast.caseworker).get("/search/").content.decode()
    assert parts_of(page) == []
    assert "Wat zoekt u?" in page


def test_what_is_typed_is_shown_as_text_and_cut_off(cast, as_user):
    answer = as_user(cast.caseworker).get("/search/", {"q": "<script>x</script>" + "y" * 500})
    assert "<script>x" not in answer.content.decode()
    assert len(answer.context["q"]) == 100


def test_a_page_that_does_not_exist_is_said_in_the_language_of_the_reader(cast, as_user):
    answer = as_user(cast.caseworker).get("/nothing-here/")
    assert answer.status_code == 404
    assert answer["Content-Language"] == "nl"
    assert answer["Cache-Control"] == "no-store, private"
