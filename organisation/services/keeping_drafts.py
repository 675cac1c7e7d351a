"""Keeping what somebody is typing, so that a lost connection or an ended session costs nothing."""

import re
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from organisation.kernel.access import Refused
from organisation.kernel.personal_data import blocking
from organisation.models import Draft, User

KEY = re.compile(r"[a-z][a-z-]*(:[A-Za-z0-9_-]+)+")
LONGEST_KEY = 120
LARGEST = 100_000  # characters of text in one draft
LEFT_OUT = re.compile(r"csrfmiddlewaretoken|password|^_", re.IGNORECASE)


OTHER_WINDOW = _(
    "This form is open in another window too, and somebody typed there since. "
    "Your text stays here, but it is only saved when you save it yourself."
)


@transaction.atomic
def keep(
    *, by: User, key: str, fields: Mapping[str, list[str]], page: str = "", after: str = ""
) -> tuple[Draft, list[str]]:
    """Store what is typed now, in place of what was. Also: the names of the texts that had to stay out.

    Passwords and the token of the form stay out, and so does every text that may never be kept.
    `page` is the page that asks, `after` the revision it was shown. Raises `Refused` for a key that is not that of a
    form of ours, for more text than a form holds, or when another page of this person is ahead of this one.
    """
    if len(key) > LONGEST_KEY or not KEY.fullmatch(key):
        raise Refused(_("This form keeps no drafts."))
    typed = {name: list(values) for name, values in fields.items() if not LEFT_OUT.search(name)}
    if sum(len(text) for values in typed.values() for text in values) > LARGEST:
        raise Refused(_("This is too much text to keep as a draft."))
    kept = {name: values for name, values in typed.items() if not any(blocking(text) for text in values)}
    before = Draft.objects.select_for_update().filter(user=by, key=key).first()
    if before and before.is_ahead_of(page, after):
        raise Refused(OTHER_WINDOW)
    draft, _created = Draft.objects.update_or_create(user=by, key=key, defaults={"fields": kept, "page": page})
    return draft, sorted(typed.keys() - kept.keys())


@transaction.atomic
def discard(*, by: User, key: str) -> None:
    """Start again with an empty form."""
    Draft.discard(by, key)
