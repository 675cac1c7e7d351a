"""Somebody with two accounts is one person: what one account wrote, the other never answers."""

import pytest

from deviations.models import Deviation
from deviations.permissions import answer
from deviations.services import deciding
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import Event, User
from organisation.services import managing_people
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def linked(cast):
    managing_people.say_whose(by=cast.admin, person=cast.caseworker, same_as=cast.manager)
    return User.objects.get(pk=cast.manager.pk)


def test_the_second_account_of_the_author_does_not_decide(cast, request_):
    asked = request_()
    assert answer(cast.manager, Action.AGREE, asked)
    manager = linked(cast)
    assert not answer(manager, Action.AGREE, asked)
    with pytest.raises(Refused, match="eigen verzoek"):
        deciding.decide(deviation=asked, action=Action.AGREE, by=manager)


def test_it_leaves_the_queue_of_the_other_account(cast, request_):
    asked = request_()
    assert asked in Deviation.objects.awaiting_answer_of(cast.manager)
    assert asked not in Deviation.objects.awaiting_answer_of(linked(cast))


def test_whoever_has_one_account_costs_no_question_to_the_database(cast, django_assert_num_queries):
    somebody = User.objects.get(pk=cast.manager.pk)
    with django_assert_num_queries(0):
        assert somebody.accounts == {somebody.pk}


def test_it_is_noted_and_taken_back_with_a_line_in_the_logbook(cast):
    assert cast.caseworker.pk in linked(cast).accounts
    managing_people.say_whose(by=cast.admin, person=cast.caseworker, same_as=None)
    assert User.objects.get(pk=cast.manager.pk).accounts == {cast.manager.pk}
    verbs = Event.objects.about(cast.caseworker).values_list("verb", flat=True)
    assert {"person.linked", "person.unlinked"} <= set(verbs)


def test_nobody_notes_it_of_their_own_account(cast):
    with pytest.raises(Refused, match="eigen account"):
        managing_people.say_whose(by=cast.admin, person=cast.admin, same_as=cast.manager)


@pytest.mark.parametrize("address", ["manager+test@demo.test", "Manager+2@Demo.test"])
def test_an_address_with_a_label_is_the_same_person_from_the_start(cast, address):
    made = managing_people.create_person(by=cast.admin, name="M", email=address)
    assert cast.manager.pk in made.accounts


def test_an_address_that_looks_alike_is_somebody_else(cast):
    made = managing_people.create_person(by=cast.admin, name="M", email="manager2@demo.test")
    assert made.accounts == {made.pk}


def test_an_administrator_notes_it_on_the_page_of_the_person(cast, as_user):
    page = as_user(cast.admin).post(
        f"/organisation/people/{cast.colleague.pk}/whose/", {"same_as": str(cast.manager.pk)}, follow=True
    )
    assert page.status_code == 200
    assert page.context["whose_form"].initial["same_as"] == cast.manager.pk


def test_a_third_account_joins_the_same_person(cast):
    linked(cast)
    third = MembershipFactory().user
    managing_people.say_whose(by=cast.admin, person=third, same_as=User.objects.get(pk=cast.caseworker.pk))
    assert User.objects.get(pk=third.pk).accounts == {third.pk, cast.caseworker.pk, cast.manager.pk}
