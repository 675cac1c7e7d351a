"""Links with which somebody sets a password: for a new account, and for a password that was forgotten."""

import hashlib
import hmac
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from organisation import permissions
from organisation.models import Errand, Event, User
from organisation.permissions import Action

PAUSE = 10 * 60  # seconds in which asking again sends nothing more
TASK = "organisation.tasks.mail_password_link"


@transaction.atomic
def send_link(*, by: User, person: User) -> None:
    """Mail this person a link to set a password."""
    permissions.require(by, Action.SEND_LINK, person)
    Errand.put(task=TASK, subject=person.pk)
    Event.record(actor=by, verb="person.link_sent", target=person)


@transaction.atomic
def show_link(*, by: User, person: User) -> str:
    """A link to hand over, where mail does not arrive. It works once; that it was shown is in the logbook."""
    permissions.require(by, Action.SEND_LINK, person)
    Event.record(actor=by, verb="person.link_shown", target=person)
    return link_for(person)


@transaction.atomic
def ask_link(*, email: str) -> None:
    """Somebody who is not signed in asks for a link. Known or unknown: the same work, so the same time and answer.

    One errand for an address in ten minutes. Its key is a keyed digest, so no address is kept.
    """
    address = email.strip().lower()
    person = User.objects.working().filter(email=address).first()
    slot = int(timezone.now().timestamp()) // PAUSE
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{address}|{slot}".encode(), hashlib.sha256).hexdigest()
    Errand.put(task=TASK, subject=person.pk if person else None, key=f"password-link:{digest}")


def mail_link(*, person_id: UUID | None) -> None:
    """Send the mail, unless nobody is meant or the person has left meanwhile."""
    person = User.objects.working().filter(pk=person_id).first()
    if person is None:
        return
    with translation.override(person.language):
        send_mail(
            subject=_("Set your password for Handelingsruimte"),
            message=_(
                "With this link you set a new password: %(url)s\n\n"
                "The link works once, and for three days. Did you not expect this? Then you need to do nothing."
            )
            % {"url": link_for(person)},
            from_email=settings.DEFAULT_FROM_EMAIL,
            recipient_list=[person.email],
        )


def link_for(person: User) -> str:
    """The address where this person sets a password; it stops working as soon as it was used."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)},
    )
    return f"{settings.BASE_URL}{path}"
