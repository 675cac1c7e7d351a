"""Sharing a case: guardian's direct foreign key permissions, with the reason and the day it ends in the same row."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from .casefile import WORK_ON_CASE, Case


class ShareQuerySet(models.QuerySet[Any]):
    """Shares of cases."""

    def current(self, **of: Any) -> "ShareQuerySet":
        """Shares that have not ended."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=timezone.localdate()), **of)

    def to_work_on(self) -> "ShareQuerySet":
        """Those that let somebody write in the case, not only read it."""
        return self.filter(permission__codename=WORK_ON_CASE)


class Share(models.Model):
    """What sharing needs beside the permission: why, by whom, since when and until which day (not included)."""

    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("ends on"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("shared by")
    )
    given_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        abstract = True

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as people say it."""
        return self.until - timedelta(days=1) if self.until else None


class CaseUserPermission(Share, UserObjectPermissionBase):
    """A case shared with a colleague."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="user_shares")

    shares = ShareQuerySet.as_manager()

    class Meta(UserObjectPermissionBase.Meta):
        constraints = (models.UniqueConstraint(fields=("user", "content_object"), name="case_shared_once_user"),)

    def __str__(self) -> str:
        return f"{self.content_object}: {self.user}"


class CaseGroupPermission(Share, GroupObjectPermissionBase):
    """A case shared with a team, through its group."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="group_shares")

    shares = ShareQuerySet.as_manager()

    class Meta(GroupObjectPermissionBase.Meta):
        constraints = (models.UniqueConstraint(fields=("group", "content_object"), name="case_shared_once_group"),)

    def __str__(self) -> str:
        return f"{self.content_object}: {self.group}"
