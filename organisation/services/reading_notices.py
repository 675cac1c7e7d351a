"""Reading notices."""

from django.db import transaction
from django.utils import timezone

from organisation import permissions
from organisation.models import Notice, User
from organisation.permissions import Action


@transaction.atomic
def read(*, by: User, notice: Notice) -> Notice:
    """Mark it as read; reading it again keeps the first moment."""
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    permissions.require(by, Action.READ_NOTICE, notice)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def read_all(*, by: User) -> int:
    """Mark all of one's own as read; returns how many."""
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())
