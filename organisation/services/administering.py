"""What acts on rights share: one at a time, by an administrator who still is one."""

from django.contrib.auth.models import Group

from organisation.models import Role, User


def one_at_a_time(by: User) -> User:
    """Wait for other acts on rights to end, and give the actor as they stand now.

    Nobody changes their own rights, so one administrator always remains; unless two put each other out at the
    same moment. This lock makes the second one see what the first one did.
    """
    Group.objects.select_for_update().get(name=Role.ADMINISTRATOR)
    return User.objects.get(pk=by.pk)
