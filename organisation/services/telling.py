"""Mailing notices: a link, never what the case is about."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from organisation.models import Notice


def mail(*, notice_id: UUID | None) -> None:
    """Send the e-mail of one notice, once; nothing to somebody who has left or has read it already."""
    waiting = Notice.objects.select_related("recipient").filter(told_at__isnull=True)
    notice = waiting.filter(pk=notice_id).first() if notice_id else None
    if notice is None or not notice.recipient.is_active or notice.read_at:
        return
    # Marked before sending: after a crash in between, one e-mail less is better than the same one twice.
    if not Notice.objects.filter(pk=notice.pk, told_at__isnull=True).update(told_at=timezone.now()):
        return
    try:
        _send(notice)
    except Exception:
        Notice.objects.filter(pk=notice.pk).update(told_at=None)
        raise


def _send(notice: Notice) -> None:
    address = f"{settings.BASE_URL}{reverse('organisation:notice-open', args=[notice.pk])}"
    with translation.override(notice.recipient.language):
        send_mail(
            subject=_("There is a notice for you in Handelingsruimte"),
            message=_("Open it here: %(url)s") % {"url": address},
            from_email=settings.DEFAULT_FROM_EMAIL,
            recipient_list=[notice.recipient.email],
        )
