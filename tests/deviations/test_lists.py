"""Lists, filters, blocks and search; the number of queries does not grow with the rows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from deviations.models import Cause, Deviation, Ground
from deviations.services import deciding, keeping_terms, submitting, withdrawing
from deviations.workflow import Action
from organisation.kernel.access import Refused
from organisation.models import AccessEvent, Event
from tests.factories import CaseFactory, CauseFactory, DeviationFactory, GroundFactory, PolicyDomainFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, as_user):
    return as_user(cast.caseworker)


def shown(client, **filters) -> list[Deviation]:
    return client.get(reverse("deviations:list"), filters).context["page"].rows


def test_everybody_sees_what_is_theirs_to_see(cast, as_user, request_, draft):
    own_draft, sent = draft(), request_()
    assert shown(as_user(cast.caseworker)) == [sent, own_draft]
    assert shown(as_user(cast.colleague)) == [sent]
    assert shown(as_user(cast.manager)) == [sent]
    for person in (cast.stranger, cast.othermanager, cast.policy, cast.reporter, cast.admin, cast.controller):
        assert shown(as_user(person)) == []


def test_nobody_sees_anything_after_leaving(cast, request_):
    request_()
    cast.caseworker.is_active = False
    assert not Deviation.objects.visible_to(cast.caseworker).exists()


def test_filters_narrow_and_live_in_the_address(cast, client, request_, draft, routine):
    sent, considered = request_(), submitting.submit(deviation=draft(kind="considered"), by=cast.caseworker)
    others = request_(cast.colleague)
    month = timezone.localdate().strftime("%Y-%m")
    for filters, expected in (
        ({"state": "awaiting"}, {sent, others}),
        ({"kind": "considered"}, {considered}),
        ({"routine": routine.code}, {sent, considered, others}),
        ({"team": str(cast.income.pk)}, {sent, considered, others}),
        ({"mine": "on"}, {sent, considered}),
        ({"period": month}, {sent, considered, others}),
        ({"q": sent.number}, {sent}),
        ({"q": "nowhere"}, set()),
        ({"state": "nonsense"}, set()),
        ({"period": "1999-01"}, set()),
        ({"team": str(cast.youth.pk)}, set()),
    ):
        assert set(shown(client, **filters)) == expected, filters


def test_the_deviations_of_a_case_are_a_block_and_a_page(cast, client, as_user, case, request_):
    request_()
    url = reverse("deviations:of-case", args=[case.pk])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.strip() in client.get(url).content.decode()
    assert client.get(url).context["may_begin"]
    reader = as_user(cast.manager).get(url)
    assert (reader.status_code, bool(reader.context["may_begin"])) == (200, False)


def test_what_needs_me(cast, client, request_, draft):
    drafted, asked, agreed, recent = draft(), request_(), request_(), request_()
    deciding.return_with_question(deviation=asked, by=cast.manager, question="Why?")
    for deviation in (agreed, recent):
        deciding.decide(deviation=deviation, action=Action.AGREE, by=cast.manager)
    agreed.refresh_from_db()
    agreed.decided_at -= timedelta(weeks=8)
    agreed.save()
    context = client.get(reverse("deviations:block-needs-me")).context
    assert list(context["questions"]) == [asked]
    assert list(context["drafts"]) == [drafted]
    assert list(context["look_back"]) == [agreed]


def test_the_queue_as_a_block(cast, as_user, request_):
    for _ in range(9):
        request_()
    context = as_user(cast.manager).get(reverse("deviations:block-queue")).context
    assert (len(context["waiting"]), context["has_more"]) == (8, True)


def test_search_finds_what_may_be_seen_and_each_hit_is_logged(cast, client, as_user, request_):
    found = request_()
    url = reverse("deviations:search-block")
    assert client.get(url, {"q": "blocked"}).context["rows"] == [found]
    assert AccessEvent.objects.get(way="search").target_id == found.pk
    assert as_user(cast.stranger).get(url, {"q": "blocked"}).context["rows"] == []
    assert client.get(url, {"q": "b"}).context["too_short"]


def test_grounds_and_causes_are_kept_by_the_keepers(cast, as_user):
    keeper, domain = as_user(cast.policy), PolicyDomainFactory()
    fields = {
        "code": "NEW-1", "label_nl": "Nieuw", "label_en": "New", "kind": "deviation", "weight": "B",
        "when_applies": "Now.", "valid_from": "2026-01-01", "source_types": ["habit"], "policy_domains": [domain.pk],
    }  # fmt: skip
    url = reverse("deviations:ground-new")
    for wrong in ({"code": "new"}, {"code": "a b"}, {"weight": "E"}, {"valid_until": "2025-01-01"}, {"label_nl": ""}):
        assert keeper.post(url, fields | wrong).status_code == 422, wrong
    assert keeper.post(url, fields).status_code == 303
    ground = Ground.objects.get()
    assert (ground.source_types, list(ground.policy_domains.all())) == (["habit"], [domain])
    edit = reverse("deviations:ground", args=[ground.code])
    assert keeper.post(edit, fields | {"code": "OTHER", "label_nl": "Beter"}).status_code == 303
    ground.refresh_from_db()
    assert (ground.code, ground.label_nl) == ("NEW-1", "Beter")
    assert [event.verb for event in Event.objects.about(ground)] == ["term.edit", "term.add"]
    assert keeper.post(url, fields).status_code == 422
    assert keeper.post(url, {}).status_code == 422


def test_a_closed_cause_is_no_longer_offered_and_what_used_it_keeps_it(cast, as_user, client, case, draft):
    cause = CauseFactory()
    used = draft(causes=[cause])
    data = {"label_nl": "X", "label_en": "X", "valid_from": "2020-01-01", "valid_until": "2020-12-31"}
    assert as_user(cast.admin).post(reverse("deviations:cause", args=[cause.code]), data).status_code == 303
    form = client.get(reverse("deviations:new"), {"case": case.pk}).context["form"]
    assert not form.fields["causes"].queryset.exists()
    assert list(used.causes.all()) == [Cause.objects.get()]


def test_others_do_not_keep_the_lists(cast, as_user):
    ground = GroundFactory()
    with pytest.raises(Refused):
        keeping_terms.save_term(term=ground, by=cast.caseworker, fields={"label_nl": "X"})
    for person in (cast.caseworker, cast.manager, cast.controller):
        assert as_user(person).get(reverse("deviations:ground", args=[ground.code])).status_code == 404
        assert as_user(person).get(reverse("deviations:ground-list")).status_code == 200


def test_imported_rows_have_a_page_without_a_case(cast, as_user, routine):
    from deviations.models import RegisterImport

    register = RegisterImport.objects.create(file_name="r.csv", digest="0" * 64, requested_by=cast.policy)
    imported = DeviationFactory(
        case=None, author=None, register=register, register_line=2, team=cast.income, routine=routine,
        policy_domain=routine.policy_domain, state="agreed", answer="agreed", period=202611,
    )  # fmt: skip
    page = as_user(cast.manager).get(imported.get_absolute_url())
    assert page.status_code == 200
    assert page.context["case"] is None


def test_a_named_case_keeps_its_deviations_to_the_named(cast, as_user, routine):
    case = CaseFactory(team=cast.income, handler=cast.caseworker, confidentiality="named")
    drafted = DeviationFactory(case=case, routine=routine)
    drafted = withdrawing.withdraw(deviation=drafted, by=cast.caseworker)
    assert as_user(cast.colleague).get(drafted.get_absolute_url()).status_code == 404
