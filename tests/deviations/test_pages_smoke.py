"""Every page answers."""

import pytest
from django.urls import reverse

from deviations.services import submitting

pytestmark = pytest.mark.django_db


def test_thin_line(cast, case, draft, space, as_user):
    client, manager = as_user(cast.caseworker), as_user(cast.manager)
    assert client.get(reverse("deviations:new"), {"case": case.pk}).status_code == 200
    assert client.get(reverse("deviations:new")).status_code == 200
    drafted = draft()
    for name in ("edit",):
        assert client.get(reverse(f"deviations:{name}", args=[drafted.pk])).status_code == 200
    sent = submitting.submit(deviation=drafted, by=cast.caseworker)
    room = space()
    for url in (
        reverse("deviations:list"), sent.get_absolute_url(), reverse("deviations:of-case", args=[case.pk]),
        reverse("deviations:block-needs-me"), reverse("deviations:block-my-room"), reverse("deviations:space-list"),
        room.get_absolute_url(), reverse("deviations:ground-list"), reverse("deviations:search-block") + "?q=account",
    ):  # fmt: skip
        assert client.get(url).status_code == 200, url
    for url in (
        reverse("deviations:queue"), reverse("deviations:decide", args=[sent.pk]), reverse("deviations:space-new"),
        reverse("deviations:block-queue"), reverse("deviations:block-room-given"), room.get_absolute_url(),
    ):  # fmt: skip
        assert manager.get(url).status_code == 200, url
