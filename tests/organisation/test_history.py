"""The story of a thing: who did what when, and which fields changed, for whoever may see the thing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from organisation import sentences
from organisation.apps import VERBS
from organisation.chronicle import story
from organisation.models import AccessEvent, Event
from organisation.services import joining, managing_people, managing_teams
from tests.factories import CaseFactory, PolicyDomainFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """A case of the caseworker."""
    return CaseFactory(team=cast.income, handler=cast.caseworker, subject="Rent")


def changes(lines):
    return [(change.label, change.before, change.after) for line in lines for change in line.changes]


def test_a_line_says_who_in_which_role_did_what_and_why(cast):
    Event.record(actor=cast.admin, verb="person.left", target=cast.colleague, before="3", remark="Other work")
    (line,) = story(cast.colleague)[0]
    assert (line.who, line.roles, line.remark) == ("Admin", "Beheerder", "Other work")
    assert line.text == "Admin beëindigde alle toegang van Colleague (beëindigde rechten: 3)"


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("Kim, 2026-12-01", "Kim, 1 december 2026"),
        ("2026-02-30", "2026-02-30"),  # no such day
        ("Z-2026-00042", "Z-2026-00042"),
    ],
)
def test_a_day_in_a_line_is_read_as_people_write_it(case, cast, kept, read):
    Event.record(actor=cast.caseworker, verb="case.shared", target=case, after=kept)
    assert story(case)[0][0].text.endswith(read)


def test_what_changed_stands_with_the_line_of_that_moment(cast):
    managing_people.edit_person(by=cast.admin, person=cast.colleague, name="Kim", email="kim@demo.test")
    lines, more = story(cast.colleague)
    assert [line.text for line in lines] == ["Admin wijzigde de naam of het adres van Kim"]
    assert changes(lines) == [
        ("E-mailadres", "colleague@demo.test", "kim@demo.test"),
        ("Naam", "Colleague", "Kim"),
    ]
    assert not more


def test_a_change_without_a_line_has_its_own(cast, case):
    case.subject = "Rent arrears"
    case.save()
    (line,) = story(case)[0]
    assert (line.who, changes([line])) == ("Handelingsruimte", [("Onderwerp", "Rent", "Rent arrears")])


def test_choices_dates_and_names_are_shown_in_words(cast, case):
    case.confidentiality, case.handler, case.before_manager = "named", cast.colleague, True
    case.target_on, case.needed = timezone.datetime(2026, 12, 29).date(), "Rest"
    case.save()
    shown = {label: (before, after) for label, before, after in changes(story(case)[0])}
    assert ("Caseworker", "Colleague") in shown.values()
    assert ("–", "29 december 2026") in shown.values()
    assert ("nee", "ja") in shown.values()
    assert ("–", "Rest") in shown.values()
    assert "named" not in str(shown)


def test_moments_and_things_that_are_gone_are_said_too(cast, case):
    gone = PolicyDomainFactory()
    case.policy_domain = gone
    case.opened_at = timezone.now() - timedelta(days=1)
    case.save()
    case.policy_domain = PolicyDomainFactory()
    case.save()
    gone.delete()
    assert "(bestaat niet meer)" in str(changes(story(case)[0]))


def test_lists_are_compared_by_name(cast, term):
    managing_teams.edit_team(by=cast.admin, team=cast.income, name="Werk", policy_domains=[term])
    assert ("Naam", "Inkomen", "Werk") in changes(story(cast.income)[0])


def test_a_list_that_is_kept_in_history_shows_what_came_and_went(cast):
    from tests.factories import RoutineFactory, SpaceFactory

    space = SpaceFactory(team=cast.income, granted_by=cast.manager)
    routine = RoutineFactory(title_nl="Statements")
    space.routines.add(routine)
    space.name = "Wider"
    space.save()
    assert any("Statements" in after and before == "–" for _label, before, after in changes(story(space)[0]))


def test_a_thing_without_history_tells_its_lines(cast, term):
    Event.record(actor=None, verb="term.closed", target=term)
    (line,) = story(term)[0]
    assert (line.who, line.roles) == ("Handelingsruimte", "")


def test_the_newest_come_first_and_pages_follow_each_other(cast, case):
    start = timezone.now()
    for hour in range(30):
        with time_machine.travel(start + timedelta(hours=hour), tick=False):
            Event.record(actor=cast.caseworker, verb=f"test.{hour}", target=case)
            if hour % 2:
                case.subject = f"Subject {hour}"
                case.save()
    first, more = story(case, page=1)
    second, end = story(case, page=2)
    moments = [line.at for line in first + second]
    assert (len(first), more, len(second), end) == (25, True, 5, False)
    assert moments == sorted(moments, reverse=True)
    assert len(changes(first + second)) == 15


def test_the_story_costs_the_same_however_long(cast, case, as_user, queries_of):
    client = as_user(cast.caseworker)
    url = f"/history/cases.case/{case.pk}/"
    for number in range(3):
        case.subject = f"Subject {number}"
        case.save()
    few = queries_of(client, url)
    for number in range(20):
        case.subject, case.handler = f"Other {number}", (cast.colleague, cast.caseworker)[number % 2]
        case.save()
    assert queries_of(client, url) <= few + 1


@pytest.mark.parametrize(
    ("who", "status"), [("caseworker", 200), ("colleague", 200), ("stranger", 404), ("manager", 404), ("admin", 404)]
)
def test_only_who_sees_the_thing_sees_its_story(cast, case, as_user, who, status):
    assert as_user(getattr(cast, who)).get(f"/history/cases.case/{case.pk}/").status_code == status


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_reading_the_story_of_a_case_is_written_down_and_that_of_a_person_is_not(cast, case, as_user, headers):
    as_user(cast.caseworker).get(f"/history/cases.case/{case.pk}/", headers=headers)
    line = AccessEvent.objects.get()
    assert (line.actor_id, line.target_id, line.way) == (cast.caseworker.pk, case.pk, "page")
    as_user(cast.admin).get(f"/history/organisation.user/{cast.colleague.pk}/", headers=headers)
    as_user(cast.stranger).get(f"/history/cases.case/{case.pk}/", headers=headers)
    assert AccessEvent.objects.count() == 1


@pytest.mark.parametrize("label", ["sessions.session", "organisation.errand", "nothing.here", "nonsense"])
def test_what_has_no_story_to_tell_is_not_found(cast, case, as_user, label):
    assert as_user(cast.admin).get(f"/history/{label}/{case.pk}/").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "²"])
def test_a_page_that_makes_no_sense_is_answered_all_the_same(cast, case, as_user, page):
    assert as_user(cast.caseworker).get(f"/history/cases.case/{case.pk}/?page={page}").status_code == 200


def test_the_part_for_htmx_is_the_same_list_without_the_page(cast, case, as_user):
    client = as_user(cast.caseworker)
    Event.record(actor=cast.caseworker, verb="case.opened", target=case)
    url = f"/history/cases.case/{case.pk}/"
    part = client.get(url, headers={"HX-Request": "true"}).content.decode().strip()
    assert "<html" not in part
    assert part in client.get(url).content.decode()


def test_an_app_cannot_take_the_sentence_of_another():
    with pytest.raises(ValueError, match="person.left"):
        sentences.register({"person.left": "%(actor)s did something else"})
    sentences.register({"person.left": VERBS["person.left"]})
    assert sentences.is_known("person.left")
    assert not sentences.is_known("person.unheard-of")


def test_every_verb_of_this_app_has_a_sentence(cast, term):
    managing_people.set_roles(by=cast.admin, person=cast.colleague, roles=["controller"])
    joining.end_membership(by=cast.admin, membership=cast.colleague.memberships.get())
    for event in Event.objects.all():
        assert sentences.is_known(event.verb)
        assert "%" not in sentences.sentence(event)


def test_a_verb_that_nobody_knows_still_makes_a_sentence(cast):
    event = Event.record(actor=cast.admin, verb="thing.done", target=cast.colleague)
    assert sentences.sentence(event) == "Admin wijzigde Colleague"
