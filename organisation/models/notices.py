"""Notices: what somebody is told, in the application at once and by e-mail through the errand book."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .base import Noun
from .errands import Errand
from .logbook import Event
from .people import MailPreference, User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices of people."""

    def visible_to(self, user: User) -> Self:
        """Everybody reads their own."""
        return self.filter(recipient=user)

    def unread(self) -> Self:
        """Not opened yet."""
        return self.filter(read_at__isnull=True)


class Notice(Noun):
    """One message to one person about one line of the logbook. `told_at` is the moment it left by e-mail."""

    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices", verbose_name=_("to"))
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notices", verbose_name=_("about"))
    url = models.CharField(_("page"), max_length=200)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    told_at = models.DateTimeField(_("sent"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = (models.UniqueConstraint(fields=("recipient", "event"), name="notice_once"),)
        indexes = (
            models.Index(fields=("recipient", "-created_at"), name="notice_recipient"),
            models.Index(fields=("recipient",), condition=Q(read_at__isnull=True), name="notice_unread"),
        )

    def __str__(self) -> str:
        return f"{self.recipient}: {self.event}"

    @classmethod
    def queue(cls, *, event: Event, recipients: Iterable[User], url: str) -> None:
        """Tell these people, in the transaction of the event itself; the actor is never told of their own act."""
        for recipient in {person.pk: person for person in recipients}.values():
            if recipient.pk == event.actor_id or not recipient.is_active:
                continue
            notice = cls.objects.create(recipient=recipient, event=event, url=url)
            if recipient.mail_preference == MailPreference.EACH:
                Errand.put(task="organisation.tasks.mail_notice", subject=notice.pk)
