"""Accounts in the browser: writing with a preview, a conflict that is told, stories, and the first screen."""

import pytest
from django.urls import reverse

from accountability.models import Edition, EditionStory
from accountability.rules.audiences import NEEDED, Part
from accountability.services import editing
from organisation.models import Draft

from .edition_builders import earlier_reporter, edition, told

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"accountability:{name}", args=args)


@pytest.fixture
def draft(cast):
    return edition(cast.reporter, parts=NEEDED)


def sent(draft, **texts):
    return {"version": draft.version, **dict.fromkeys(NEEDED, "Een tekst."), **texts}


def test_making_it_leads_to_writing_it(cast, as_user):
    client = as_user(cast.reporter)
    answer = client.post(at("edition-new"), {"span": "2025-H1", "note": ""})
    assert answer.url == at("edition-write", Edition.objects.get().pk)
    assert client.post(at("edition-new"), {"span": "2025-H1", "note": ""}).status_code == 409
    assert client.post(at("edition-new"), {"span": "2031-Y", "note": ""}).status_code == 422


def test_what_is_written_is_saved_and_its_draft_let_go(draft, cast, as_user):
    client = as_user(cast.reporter)
    key = f"edition:{draft.pk}:all"
    client.post(reverse("organisation:draft", args=[key]), {"seen": "Half getypt", "version": draft.version})
    assert "Half getypt" in client.get(at("edition-write", draft.pk)).content.decode()
    assert client.post(at("edition-write", draft.pk), sent(draft, seen="Heel getypt")).status_code == 302
    assert draft.texts.get(part=Part.SEEN).text == "Heel getypt"
    assert Draft.of(cast.reporter, key) is None


def test_a_draft_of_before_does_not_write_over_what_somebody_saved_since(draft, cast, as_user):
    client, other = as_user(cast.reporter), earlier_reporter()
    client.post(reverse("organisation:draft", args=[f"edition:{draft.pk}:all"]), sent(draft, seen="Mijn tekst"))
    editing.write(edition=draft, by=other, audience="", texts={Part.SEEN: "Haar tekst"}, version=draft.version)
    page = client.get(at("edition-write", draft.pk)).content.decode()
    assert f'name="version" value="{draft.version}"' in page
    answer = client.post(at("edition-write", draft.pk), sent(draft, seen="Mijn tekst"))
    assert answer.status_code == 409
    assert "Haar tekst" in answer.content.decode()
    assert draft.texts.get(part=Part.SEEN).text == "Haar tekst"


def test_two_people_who_write_for_two_audiences_do_not_meet(draft, cast, as_user):
    texts = {Part.SEEN: "Voor de raad."}
    editing.write(edition=draft, by=earlier_reporter(), audience="council", texts=texts, version=draft.version)
    same = {row.part: row.text for row in draft.texts.filter(audience="")}
    assert as_user(cast.reporter).post(at("edition-write", draft.pk), sent(draft, **same)).status_code == 302


def test_the_preview_shows_what_is_typed_and_saves_nothing(draft, cast, as_user):
    client = as_user(cast.reporter)
    long = "Dit " + "is " * 25 + "lang."
    data = sent(draft, seen=long)
    for part in (
        client.post(at("edition-preview", draft.pk), data, headers={"HX-Request": "true"}),
        client.post(at("edition-write", draft.pk), data | {"action": "look"}),
    ):
        text = part.content.decode()
        assert long in text
        assert "langer dan 20 woorden" in text
    assert draft.texts.get(part=Part.SEEN).text != long


def test_a_citizen_service_number_is_not_saved(draft, cast, as_user):
    answer = as_user(cast.reporter).post(at("edition-write", draft.pk), sent(draft, seen="Nummer 111222333."))
    assert answer.status_code == 422


def test_it_is_frozen_in_the_background_and_the_page_says_how_far(draft, cast, as_user, sent):
    client = as_user(cast.reporter)
    client.post(at("edition-freeze", draft.pk))
    assert [task for task, _args in sent] == []  # after the commit, which a test never reaches
    page = client.get(draft.get_absolute_url(), headers={"HX-Request": "true"})
    assert "Wacht op zijn beurt" in page.content.decode()
    assert "HX-Refresh" not in page.headers
    draft.freezings.update(state="done")
    assert client.get(draft.get_absolute_url(), headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_the_writer_reads_why_another_publishes(cast, as_user):
    made = edition(cast.reporter, state="frozen", parts=NEEDED)
    page = as_user(cast.reporter).get(made.get_absolute_url()).content.decode()
    assert "Een tweede persoon publiceert het" in page
    assert as_user(cast.reporter).post(at("edition-publish", made.pk)).status_code == 409
    assert as_user(cast.policy).post(at("edition-publish", made.pk)).status_code == 302
    assert as_user(cast.caseworker).get(made.get_absolute_url()).status_code == 200


def test_giving_back_asks_why(cast, as_user):
    made = edition(cast.reporter, state="frozen", parts=NEEDED)
    client = as_user(cast.policy)
    assert client.post(at("edition-give-back", made.pk), {"reason": ""}).status_code == 422
    assert client.post(at("edition-give-back", made.pk), {"reason": "Leg uit."}).status_code == 302


def test_a_story_goes_through_a_second_person(draft, cast, world_story, as_user):
    writer, checker = as_user(cast.reporter), as_user(cast.policy)
    assert writer.post(at("edition-choose", draft.pk, world_story.pk)).status_code == 302
    story = EditionStory.objects.get()
    assert writer.post(at("edition-release", story.pk)).status_code == 409
    assert writer.post(at("edition-story", story.pk), {"text": "In andere woorden."}).status_code == 302
    assert checker.post(at("edition-release", story.pk)).status_code == 302
    assert "In andere woorden." in checker.get(draft.get_absolute_url()).content.decode()
    writer.post(at("edition-story", story.pk), {"text": "Weer anders."})
    assert "Weer anders." not in checker.get(draft.get_absolute_url()).content.decode()
    assert writer.post(at("edition-take-out", story.pk)).status_code == 302
    assert not EditionStory.objects.exists()


@pytest.fixture
def world_story(cast):
    from tests.factories import CaseFactory, DeviationFactory

    return told(cast, DeviationFactory(case=CaseFactory(team=cast.income, handler=cast.caseworker)))


def test_the_first_screen_of_the_reporter_shows_the_three_states(cast, as_user):
    names = [str(edition(cast.reporter, state=state)) for state in ("draft", "frozen", "published")]
    client = as_user(cast.reporter)
    assert at("block-editions") in client.get("/").content.decode()
    block = client.get(at("block-editions")).content.decode()
    assert all(name in block for name in names)
    assert all(label in block for label in ("In voorbereiding", "Vastgezet", "Gepubliceerd"))
