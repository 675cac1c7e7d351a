"""A lesson that somebody drew from one deviation: a signal like the others, for policy staff to look at."""

import hashlib

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from deviations.models import Deviation
from learning.models import Signal
from learning.rules.findings import Confidence, Kind
from organisation.kernel.access import Refused
from organisation.kernel.periods import Period

from . import noticing

NO_WORDS = _("Write what can be learnt from this.")


@transaction.atomic
def take_lesson(*, deviation: Deviation, words: str) -> Signal:
    """Keep the lesson under its routine, without team, author or case. Taking it twice keeps it once."""
    if not words.strip():
        raise Refused(NO_WORDS)
    identity = hashlib.sha256(f"{Kind.LESSON}|{deviation.pk}|{words}".encode()).hexdigest()
    if there := Signal.objects.filter(identity=identity).first():
        return there
    month = Period.of(deviation.decided_at or timezone.now())
    signal = Signal(
        identity=identity, kind=Kind.LESSON, routine=deviation.routine, deviation=deviation, words=words,
        since=int(month), observed=1, expected=1, effect=1, low=1, high=1, confidence=Confidence.SAID,
    )  # fmt: skip
    noticing.arrive(signal, "signal.found")
    noticing.tell([signal])
    return signal
