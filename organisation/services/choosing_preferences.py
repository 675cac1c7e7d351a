"""What people choose for themselves: language, e-mail and keyboard shortcuts."""

from django.db import transaction

from organisation.models import User


@transaction.atomic
def choose(*, by: User, language: str, mail_preference: str, shortcuts: bool) -> User:
    """Keep one's own preferences; only those fields, so that rights cannot ride along."""
    person = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    person.language, person.mail_preference, person.shortcuts = language, mail_preference, shortcuts
    person.save(update_fields=["language", "mail_preference", "shortcuts"])
    return person


@transaction.atomic
def speak(*, by: User, language: str) -> None:
    """Switch language."""
    person = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
