"""Drafts: what somebody is typing in a form that is not sent yet."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .base import Noun
from .people import User


class Draft(Noun):
    """The half-filled form of one person; `key` names the form and what it is about, such as `cases:journal:<uuid>`."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    # The page (a tab, a window) that saved this last.
    page = models.CharField(max_length=36, blank=True, default="")
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "key"), name="draft_once"),)

    def __str__(self) -> str:
        return self.key

    @property
    def revision(self) -> str:
        """Stands for what is kept now: saved again, another revision."""
        return self.saved_at.isoformat()

    def is_ahead_of(self, page: str, after: str) -> bool:
        """Whether another page saved this, after this page was shown the revision `after`."""
        return bool(page and self.page and self.page != page and self.revision != after)

    @classmethod
    def of(cls, user: User, key: str) -> "Draft | None":
        """What this person typed earlier in this form."""
        return cls.objects.filter(user=user, key=key).first()

    @classmethod
    def discard(cls, user: User, key: str) -> None:
        """Forget it: the form was sent."""
        cls.objects.filter(user=user, key=key).delete()
