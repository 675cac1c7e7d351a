"""How long a case is kept: proposed at closing, reckoned again when the list changes, and held while it must."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, RetentionClass, RetentionHold
from cases.services import closing, keeping, keeping_classes, loading_reference
from organisation.kernel.access import ChangedMeanwhile, Refused
from organisation.models import Event, PolicyDomain
from organisation.services.loading_reference import load_all
from tests.factories import CaseFactory, PolicyDomainFactory

pytestmark = pytest.mark.django_db


def kept(code="8.2", keep="P5Y", **fields):
    told = {"label_nl": "Geweigerd", "label_en": "Refused", "source": f"Selectielijst gemeenten 2020, {code}"}
    return RetentionClass.objects.create(code=code, keep=keep, **(told | fields))


@pytest.fixture
def case(cast):
    return CaseFactory(team=cast.income, handler=cast.caseworker)


def close(case, by, **told):
    return closing.close(case=case, by=by, result="reached", **told)


def test_closing_gives_the_class_of_the_policy_domain(cast, case):
    usual = kept()
    usual.policy_domains.add(case.policy_domain)
    closed = close(case, cast.caseworker)
    today = timezone.localdate()
    assert (closed.retention_class, closed.destroy_on) == (usual, usual.duration.after(today))
    assert closed.reckon().source.endswith("8.2")


def test_without_a_class_nobody_knows_the_day(cast, case):
    closed = close(case, cast.caseworker)
    assert (closed.retention_class, closed.destroy_on, closed.reckon()) == (None, None, None)


def test_reopening_stops_the_period_and_closing_starts_it_anew(cast, case):
    close(case, cast.caseworker, retention_class=kept())
    opened = closing.reopen(case=case, by=cast.caseworker, reason="Not done yet")
    assert (opened.destroy_on, opened.retention_class.code) == (None, "8.2")
    assert close(case, cast.caseworker).destroy_on is not None


def test_a_provision_that_goes_on_is_waited_for(cast, case):
    until = timezone.localdate() + timedelta(days=400)
    lasting = kept("8.1", "P10Y", starts="end_of_provision")
    assert close(case, cast.caseworker, retention_class=lasting, provision_until=until).destroy_on == date(
        until.year + 10, until.month, until.day
    )


def test_the_class_is_chosen_on_the_page_of_closing(cast, case, as_user):
    usual, other = kept(), kept("6.1", "P5Y")
    usual.policy_domains.add(case.policy_domain)
    client, url = as_user(cast.caseworker), reverse("cases:close", args=[case.pk])
    assert f'value="{usual.pk}" selected' in client.get(url).content.decode()
    client.post(url, {"result": "reached", "retention_class": other.pk})
    page = client.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Selectielijst gemeenten 2020, 6.1" in page
    assert "5 jaar na de dag waarop de zaak is gesloten" in page


def test_another_class_is_another_day_and_stands_in_the_logbook(cast, case):
    close(case, cast.caseworker, retention_class=kept())
    changed = keeping.classify(case=case, by=cast.colleague, retention_class=kept("8.1.2", "P20Y"))
    assert changed.destroy_on.year == timezone.localdate().year + 20
    line = Event.objects.about(case).get(verb="case.classified")
    assert (line.before[:3], line.after[:5]) == ("8.2", "8.1.2")


def test_an_open_case_gets_no_class(cast, case):
    with pytest.raises(Refused):
        keeping.classify(case=case, by=cast.caseworker, retention_class=kept())
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(destroy_on=timezone.localdate())


def test_a_hold_keeps_a_case_off_what_is_due_until_it_is_lifted(cast, case):
    close(case, cast.caseworker, retention_class=kept("8.4.1", "P0D"))
    assert Case.objects.due().get() == case
    hold = keeping.place_hold(case=case, by=cast.privacy, kind="objection", reason="B-12")
    assert not Case.objects.due().exists()
    assert Case.objects.held().get() == case
    keeping.lift_hold(hold=hold, by=cast.colleague, why="Decided")
    assert Case.objects.due().exists()
    assert [line.verb for line in Event.objects.about(case)[:2]] == ["case.hold_lifted", "case.kept_from_destruction"]


def test_one_reason_holds_once_and_is_lifted_once(cast, case):
    hold = keeping.place_hold(case=case, by=cast.caseworker, kind="appeal", reason="AWB 26/1")
    with pytest.raises(Refused):
        keeping.place_hold(case=case, by=cast.caseworker, kind="appeal", reason="Again")
    keeping.place_hold(case=case, by=cast.caseworker, kind="other", reason="Something else")
    keeping.lift_hold(hold=hold, by=cast.caseworker, why="Over")
    with pytest.raises(Refused):
        keeping.lift_hold(hold=hold, by=cast.caseworker, why="Over")


@pytest.mark.parametrize("who", ["stranger", "manager", "policy", "controller", "admin"])
def test_others_hold_nothing(cast, case, who):
    with pytest.raises(Refused):
        keeping.place_hold(case=case, by=getattr(cast, who), kind="other", reason="Mine")


def test_a_hold_is_placed_and_lifted_on_the_page(cast, case, as_user):
    client = as_user(cast.caseworker)
    client.post(reverse("cases:place-hold", args=[case.pk]), {"kind": "objection", "reason": "Bezwaar 2026-12"})
    assert "Bezwaar 2026-12" in client.get(case.get_absolute_url()).content.decode()
    hold = RetentionHold.objects.get()
    client.post(reverse("cases:lift-hold", args=[case.pk, hold.pk]), {"why": "Afgehandeld"})
    assert "Vernietiging staat stil" not in client.get(case.get_absolute_url()).content.decode()


FIELDS = {"label_nl": "A", "label_en": "A", "starts": "closure", "permanent": False, "source": "Lijst", "keep": "P7Y"}


def test_another_period_reckons_the_cases_of_the_class_again(cast, case, run_errands):
    usual = kept()
    close(case, cast.caseworker, retention_class=usual)
    keeping_classes.save_class(retention_class=usual, by=cast.privacy, fields=FIELDS | {"policy_domains": []})
    run_errands()
    case.refresh_from_db()
    assert case.destroy_on.year == timezone.localdate().year + 7
    assert case.history.first().destroy_on == case.destroy_on
    assert keeping_classes.reckon_cases(usual.pk) == 0
    assert usual.history.count() == 2


def test_who_read_an_older_version_of_a_class_is_told(cast):
    usual = kept()
    keeping_classes.save_class(retention_class=usual, by=cast.admin, fields=FIELDS | {"policy_domains": []})
    with pytest.raises(ChangedMeanwhile):
        keeping_classes.save_class(retention_class=usual, by=cast.privacy, fields=FIELDS | {"policy_domains": []})
    with pytest.raises(Refused):
        keeping_classes.save_class(retention_class=usual, by=cast.policy, fields=FIELDS | {"policy_domains": []})


def test_a_class_is_for_ever_or_has_a_period():
    for fields in ({"keep": "", "permanent": False}, {"keep": "P1Y", "permanent": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            kept("x", **fields)


def test_the_list_of_the_product_gives_every_policy_domain_a_class():
    load_all()
    assert loading_reference.load()["retention classes"] == 0
    for domain in PolicyDomain.objects.all():
        assert keeping.proposed_class(domain) is not None
    assert keeping.proposed_class(PolicyDomainFactory()) is None
