"""Writing a deviation in the browser."""

import json

import pytest
from django.urls import reverse

from cases.models import CaseUserPermission
from deviations.models import Deviation
from deviations.services import deciding
from organisation.kernel.ids import new_id
from organisation.models import AccessEvent
from tests.factories import CaseFactory, RoutineFactory

from .conftest import WORDS

pytestmark = pytest.mark.django_db

LONG = "x" * 10_000


@pytest.fixture
def typed(case, routine):
    """`typed(why_here=…)` is what the form sends."""

    def fields(**changes) -> dict[str, str]:
        return {
            "case": str(case.pk), "draft": str(new_id()), "routine": str(routine.pk), "kind": "made",
            "urgency": "normal", "belongs_or_helps": "3", "version": "1", **WORDS, **changes,
        }  # fmt: skip

    return fields


@pytest.fixture
def client(cast, as_user):
    return as_user(cast.caseworker)


def new(client, data, **extra):
    return client.post(reverse("deviations:new") + f"?case={data['case']}", data, **extra)


def test_a_request_is_sent_in_one_go(cast, client, typed):
    answer = new(client, typed(amount_cents="120,50", residents_view="Glad."))
    deviation = Deviation.objects.get()
    assert (answer.status_code, answer.url) == (303, deviation.get_absolute_url())
    assert (deviation.state, deviation.amount_cents, deviation.belongs_or_helps) == ("awaiting", 12_050, 3)
    assert deviation.residents_view == "Glad."


def test_sending_the_form_twice_makes_one(client, typed):
    data = typed()
    new(client, data)
    assert new(client, data).status_code == 409
    assert Deviation.objects.count() == 1


def test_a_draft_is_kept_and_shown_under_my_drafts(client, typed):
    answer = new(client, typed(action="keep"))
    deviation = Deviation.objects.get()
    assert (deviation.state, answer.url) == ("draft", reverse("deviations:edit", args=[deviation.pk]))
    assert deviation.number in client.get(reverse("deviations:list")).content.decode()
    assert deviation.instead in client.get(answer.url).content.decode()


def test_may_i_without_script_saves_and_shows_the_answer(client, typed, space):
    room = space()
    answer = new(client, typed(action="look"))
    assert answer.url.endswith("#may-i")
    assert str(room) in client.get(answer.url).content.decode()


def test_may_i_with_script_saves_nothing_and_equals_the_part_of_the_page(client, typed, space):
    space()
    data = typed()
    part = client.post(reverse("deviations:may-i"), data, headers={"HX-Request": "true"}).content.decode()
    assert not Deviation.objects.exists()
    assert "<html" not in part
    page = client.post(reverse("deviations:may-i"), data).content.decode()
    answer, _state, _states_of_parts = part.partition('<span id="state-')
    assert answer.strip() in page


def test_may_i_says_each_limit_and_who_answers(client, typed, space):
    room = space()
    data = typed(amount_cents="900", kind="made")
    told = client.post(reverse("deviations:may-i"), data, headers={"HX-Request": "true"}).content.decode()
    assert str(room) in told
    assert "Manager" in told
    assert "€\N{NO-BREAK SPACE}900,00" in told


def test_what_is_half_typed_is_weighed_all_the_same(client, typed):
    data = typed(routine="", amount_cents="a lot", kind="sideways", grounds=["x"])
    answer = client.post(reverse("deviations:may-i"), data, headers={"HX-Request": "true"})
    assert answer.status_code == 200


def test_typing_is_saved_and_says_when(client, typed):
    data = typed(why_here="First")
    url = reverse("deviations:autosave", args=[data["draft"]])
    assert "bewaard" in client.post(url, data).content.decode()
    client.post(url, data | {"why_here": "Second"})
    deviation = Deviation.objects.get()
    assert (str(deviation.pk), deviation.why_here) == (data["draft"], "Second")
    assert deviation.history.count() == 1


def test_a_pasted_text_that_is_too_long_is_kept_while_typing_and_told_when_it_is_sent(client, typed):
    data = typed(why_here="Heel veel. " * 1_000)
    saved = client.post(reverse("deviations:autosave", args=[data["draft"]]), data)
    assert "X-Left-Out" not in saved
    assert len(Deviation.objects.get().why_here) == 11_000
    answer = new(client, data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["why_here"])
    assert answer.context["form"]["why_here"].value() == data["why_here"]


def test_a_field_with_a_number_of_a_person_is_not_saved_while_typing(client, typed):
    data = typed(why_here="BSN 111222333", instead="Call.")
    told = client.post(reverse("deviations:autosave", args=[data["draft"]]), data)
    assert told["X-Left-Out"] == "why_here"
    deviation = Deviation.objects.get()
    assert (deviation.why_here, deviation.instead) == ("", "Call.")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("why_here", LONG),
        ("why_here", "BSN 111222333"),
        ("amount_cents", "-5"),
        ("amount_cents", "a lot"),
        ("kind", "sideways"),
        ("urgency", "soon"),
        ("belongs_or_helps", "9"),
        ("routine", "not-a-routine"),
        ("acted_on", "2099-01-01"),
        ("grounds", "nothing"),
        ("purpose_served", LONG),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_is_said_at_the_field(client, typed, field, value):
    answer = new(client, typed(**{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Deviation.objects.exists()


def test_what_the_weight_asks_for_is_said_at_the_field_and_the_draft_is_kept(client, typed):
    answer = new(client, typed(routine=str(RoutineFactory().pk)))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"grounds"}
    assert Deviation.objects.get().state == "draft"


def test_the_form_cannot_set_what_is_not_on_it(cast, client, typed):
    new(
        client, typed(state="agreed", team=str(cast.youth.pk), author=str(cast.colleague.pk), weight="D", action="keep")
    )
    deviation = Deviation.objects.get()
    assert (deviation.state, deviation.team, deviation.author) == ("draft", cast.income, cast.caseworker)


def test_script_is_shown_as_text(client, typed):
    new(client, typed(instead="<script>alert(1)</script>=cmd()"))
    page = client.get(Deviation.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_who_begins_again_is_led_to_what_they_began_before(cast, client, draft, case):
    begun = draft(instead="Call <b>the bank</b>.")
    page = client.get(reverse("deviations:new"), {"case": case.pk}).content.decode()
    assert reverse("deviations:edit", args=[begun.pk]) in page
    assert "<b>the bank" not in page
    assert "Ga verder met" not in client.get(reverse("deviations:edit", args=[begun.pk])).content.decode()


@pytest.fixture
def overtaken(client, draft, typed):
    """A draft that was saved in another window; what this window sends, and where."""
    deviation = draft()
    url, data = reverse("deviations:edit", args=[deviation.pk]), typed(draft=str(deviation.pk), action="keep")
    assert client.post(url, data | {"instead": "Call the bank."}).status_code == 303
    return url, data | {"why_here": "Old."}


def test_an_older_window_is_told_and_shown_both_texts(client, overtaken):
    url, data = overtaken
    answer = client.post(url, data)
    assert answer.status_code == 409
    assert [each.name for each in answer.context["form"].conflict.differences] == ["instead", "why_here"]
    assert "<ins>" in answer.content.decode()
    assert Deviation.objects.get().instead == "Call the bank."
    assert 'name="version" value="2"' in answer.content.decode()
    assert client.post(url, data | {"version": "2"}).status_code == 303
    assert Deviation.objects.get().why_here == "Old."


def test_an_older_window_takes_over_what_it_wants_without_script(client, overtaken):
    url, data = overtaken
    answer = client.post(url, data | {"version": "2", "_take": "instead"})
    form = answer.context["form"]
    assert (answer.status_code, form["instead"].value(), form["why_here"].value()) == (409, "Call the bank.", "Old.")
    everything = client.post(url, data | {"version": "2", "_take": "all"}).context["form"]
    assert everything["why_here"].value() == WORDS["why_here"]
    assert everything.conflict.differences == []
    assert Deviation.objects.get().why_here == WORDS["why_here"]


def test_an_older_window_with_a_mistake_in_it_still_does_not_write_over(client, overtaken):
    url, data = overtaken
    answer = client.post(url, data | {"amount_cents": "a lot"})
    assert answer.status_code == 422
    assert 'name="version" value="1"' in answer.content.decode()


def test_an_older_window_does_not_save_by_itself(client, overtaken):
    url, data = overtaken
    assert client.post(url.replace("/edit/", "/draft/"), data).status_code == 409
    assert Deviation.objects.get().why_here == WORDS["why_here"]


def test_sending_the_same_text_again_is_no_conflict(client, overtaken):
    url, data = overtaken
    assert client.post(url, data | {"why_here": WORDS["why_here"], "instead": "Call the bank."}).status_code == 303


def test_a_question_is_answered_on_the_form(cast, client, request_, typed):
    deviation = request_()
    deciding.return_with_question(deviation=deviation, by=cast.manager, question="Since when?")
    url = reverse("deviations:edit", args=[deviation.pk])
    assert "Since when?" in client.get(url).content.decode()
    data = typed(draft=str(deviation.pk), version=str(Deviation.objects.get().version))
    assert "reply" in client.post(url, data).context["form"].errors
    data["version"] = str(Deviation.objects.get().version)
    assert client.post(url, data | {"reply": "Since June."}).status_code == 303
    assert "Since June." in client.get(deviation.get_absolute_url()).content.decode()


def test_a_sent_request_is_read_and_not_written(client, request_):
    deviation = request_()
    assert client.get(reverse("deviations:edit", args=[deviation.pk])).url == deviation.get_absolute_url()


def test_strangers_do_not_find_it(cast, as_user, draft, typed):
    deviation = draft()
    for person in (cast.colleague, cast.stranger, cast.manager, cast.admin):
        other, data = as_user(person), typed(draft=str(deviation.pk))
        for url in (reverse("deviations:edit", args=[deviation.pk]), deviation.get_absolute_url()):
            assert other.get(url).status_code == 404
        assert other.post(reverse("deviations:autosave", args=[deviation.pk]), data).status_code == 404
        assert new(other, data).status_code == 404
    deviation.refresh_from_db()
    assert deviation.why_here == WORDS["why_here"]


def test_a_case_that_is_no_longer_shared_is_gone_at_the_next_request(cast, as_user, case, typed):
    from django.contrib.auth.models import Permission

    share = CaseUserPermission.objects.create(
        permission=Permission.objects.get(codename="work_on_case"), user=cast.stranger, content_object=case,
        reason="Helps.", given_by=cast.caseworker,
    )  # fmt: skip
    guest, data = as_user(cast.stranger), typed(action="keep")
    assert new(guest, data).status_code == 303
    share.delete()
    assert new(guest, data | {"version": "1"}).status_code == 409
    assert new(guest, typed()).status_code == 404


def test_in_a_closed_case_the_form_says_why_not(cast, client, typed):
    closed = CaseFactory(
        team=cast.income, handler=cast.caseworker, state="closed", closed_at="2026-11-01T00:00Z", result="reached"
    )
    assert client.get(reverse("deviations:new"), {"case": closed.pk}).status_code == 409
    assert new(client, typed(case=str(closed.pk))).status_code == 409


@pytest.mark.parametrize("case_key", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_case_that_is_not_there(client, case_key):
    assert client.get(reverse("deviations:new"), {"case": case_key}).status_code == 404


def test_without_a_case_there_is_a_choice_of_cases(cast, as_user, client, case):
    assert case.number in client.get(reverse("deviations:new")).content.decode()
    assert as_user(cast.manager).get(reverse("deviations:new")).status_code == 404


def test_considered_is_recorded(client, typed):
    assert new(client, typed(kind="considered")).status_code == 303
    assert Deviation.objects.get().state == "recorded"


def test_reading_is_logged(cast, client, request_):
    deviation = request_()
    client.get(deviation.get_absolute_url())
    seen = AccessEvent.objects.get(target_id=deviation.pk)
    assert (seen.actor_id, seen.way) == (cast.caseworker.pk, "page")


def test_the_form_offers_the_routines_of_the_case_first(client, case, typed):
    first = RoutineFactory()
    case.routine_uses.create(
        routine_version=first.version_on(), routine=first, team=case.team, period=202611, applied_on="2026-11-01"
    )
    choices = client.get(reverse("deviations:new"), {"case": case.pk}).context["form"].fields["routine"].choices
    groups = json.loads(json.dumps(choices, default=str))
    assert [row[0] for row in groups[1][1]] == [str(first.pk)]
