"""Writing a deviation down."""

import pytest
from django.utils import timezone

from cases.models import CaseUserPermission
from deviations.models import Deviation
from deviations.services import recording
from organisation.kernel.access import ChangedMeanwhile, Refused, WrongState
from organisation.kernel.ids import new_id
from organisation.models import Event
from tests.factories import GroundFactory, LifeDomainFactory, RoutineFactory

pytestmark = pytest.mark.django_db


def test_a_draft_begins_with_a_number_and_what_follows_from_the_routine(cast, case, routine):
    life = LifeDomainFactory()
    deviation = recording.begin(
        case=case, by=cast.caseworker, fields={"routine": routine, "instead": "Call.", "life_domains": [life]}
    )
    assert deviation.number.startswith("A-")
    assert (deviation.state, deviation.author, deviation.team) == ("draft", cast.caseworker, cast.income)
    assert deviation.routine_version == routine.version_on()
    assert deviation.source_type == "work_instruction"
    assert deviation.policy_domain == routine.policy_domain
    assert list(deviation.life_domains.all()) == [life]
    assert Event.objects.about(deviation).get().verb == "deviation.begin"


def test_a_form_cannot_set_what_the_server_sets(cast, case, draft):
    slipped = {
        "state": "agreed",
        "team": cast.youth,
        "author": cast.colleague,
        "weight": "A",
        "decided_by": cast.manager,
    }
    deviation = draft(**slipped)
    recording.save_draft(deviation=deviation, by=cast.caseworker, fields=slipped)
    deviation = Deviation.objects.get(pk=deviation.pk)
    assert (deviation.state, deviation.team, deviation.author) == ("draft", cast.income, cast.caseworker)
    assert deviation.decided_by is None


def test_without_a_routine_the_draft_belongs_to_the_domain_of_the_case(cast, case):
    deviation = recording.begin(case=case, by=cast.caseworker, fields={"routine": None})
    assert deviation.policy_domain == case.policy_domain
    assert deviation.source_type == ""


def test_a_routine_without_a_version_today_leaves_the_source_open(cast, case):
    gone = RoutineFactory(version__valid_until=timezone.localdate())
    deviation = recording.begin(case=case, by=cast.caseworker, fields={"routine": gone})
    assert (deviation.routine_version, deviation.source_type) == (None, "")


def test_only_who_works_on_the_case_begins_a_draft(cast, case, routine):
    for person in (cast.stranger, cast.manager, cast.policy, cast.admin):
        with pytest.raises(Refused):
            recording.begin(case=case, by=person, fields={})
    assert not Deviation.objects.exists()


def test_the_same_form_sent_twice_does_not_make_two(cast, case):
    key = new_id()
    recording.begin(case=case, by=cast.caseworker, fields={}, pk=key)
    with pytest.raises(Refused):
        recording.begin(case=case, by=cast.caseworker, fields={}, pk=key)


def test_saving_makes_a_new_version_and_a_line_in_the_logbook(cast, draft):
    deviation = draft()
    ground = GroundFactory()
    recording.save_draft(
        deviation=deviation, by=cast.caseworker, fields={"why_here": "Other.", "grounds": [ground]}, version=1
    )
    deviation.refresh_from_db()
    assert (deviation.why_here, deviation.version, list(deviation.grounds.all())) == ("Other.", 2, [ground])
    assert Event.objects.about(deviation).first().verb == "deviation.edit"


def test_what_is_saved_while_typing_is_kept_without_noise(cast, draft):
    deviation = draft()
    rows, lines = deviation.history.count(), Event.objects.count()
    recording.save_draft(
        deviation=deviation, by=cast.caseworker, fields={"why_here": "Typing", "grounds": []}, version=1, typing=True
    )
    deviation.refresh_from_db()
    assert deviation.why_here == "Typing"
    assert (deviation.history.count(), Event.objects.count()) == (rows, lines)


def test_an_older_window_does_not_write_over_a_newer_one(cast, draft):
    deviation = draft()
    recording.save_draft(deviation=deviation, by=cast.caseworker, fields={"why_here": "New."}, version=1)
    with pytest.raises(ChangedMeanwhile) as refusal:
        recording.save_draft(deviation=deviation, by=cast.caseworker, fields={"why_here": "Old."}, version=1)
    assert refusal.value.now.why_here == "New."


def typed(deviation, by, text, window, *, typing=True):
    """What a window sends that was opened at the first version."""
    fields = {"why_here": text}
    return recording.save_draft(
        deviation=deviation, by=by, fields=fields, version=1, window=window, typing=typing
    ).why_here


def test_a_window_goes_on_where_it_was_also_when_an_answer_got_lost(cast, draft):
    deviation = draft()
    assert typed(deviation, cast.caseworker, "One", "here") == "One"
    assert typed(deviation, cast.caseworker, "One two", "here") == "One two"
    assert typed(deviation, cast.caseworker, "One two.", "here", typing=False) == "One two."


def test_two_windows_that_both_type_do_not_write_over_each_other(cast, draft):
    deviation = draft()
    typed(deviation, cast.caseworker, "Here", "here")
    for typing in (True, False):
        with pytest.raises(ChangedMeanwhile):
            typed(deviation, cast.caseworker, "There", "there", typing=typing)
    assert Deviation.objects.get().why_here == "Here"


def test_after_saving_the_window_that_typed_is_no_longer_ahead(cast, draft):
    deviation = draft()
    typed(deviation, cast.caseworker, "Here", "here")
    recording.save_draft(deviation=deviation, by=cast.caseworker, fields={"why_here": "Saved elsewhere."})
    with pytest.raises(ChangedMeanwhile):
        typed(deviation, cast.caseworker, "Here again", "here")


def test_a_draft_that_began_by_itself_goes_on_in_its_window(cast, case):
    deviation = recording.begin(case=case, by=cast.caseworker, fields={}, typed_in="here")
    assert typed(deviation, cast.caseworker, "One", "here") == "One"


def test_a_colleague_does_not_write_in_it(cast, draft):
    with pytest.raises(Refused):
        recording.save_draft(deviation=draft(), by=cast.colleague, fields={})


def test_a_request_is_not_changed_while_it_waits(cast, request_):
    with pytest.raises(WrongState):
        recording.save_draft(deviation=request_(), by=cast.caseworker, fields={})


def test_a_share_that_ended_ends_the_writing(cast, case, routine, django_user_model):
    from django.contrib.auth.models import Permission

    share = CaseUserPermission.objects.create(
        permission=Permission.objects.get(codename="work_on_case"),
        user=cast.stranger,
        content_object=case,
        reason="Helps.",
        given_by=cast.caseworker,
    )
    deviation = recording.begin(case=case, by=cast.stranger, fields={"routine": routine})
    share.delete()
    with pytest.raises(Refused):
        recording.save_draft(deviation=deviation, by=cast.stranger, fields={})
