"""Figures about why: causes in the system, sides of life that are touched, and whether it happens more often."""

from django.utils.translation import gettext as _

from deviations.models.deviations import Kind, Structural
from learning.rules.publishing import Json

from .presenting import Figure, Words, named
from .presenting_routines import counted


def causes(published: Json, words: Words) -> Figure:
    """What in the system made the routine misfire."""
    rows = named(published["causes"], words.causes, words, by="cause")
    note = _("What in the system made the routine misfire. A deviation may have more than one cause, or none.")
    return counted("causes", _("Causes"), _("Cause"), rows, note=note)


def life_domains(published: Json, words: Words) -> Figure:
    """Which sides of life were touched."""
    rows = named(published["life_domains"], words.life_domains, words, by="life_domain")
    note = _("Which sides of life it was about. A deviation may touch more than one, or none.")
    return counted("life_domains", _("Life domains"), _("Life domain"), rows, note=note)


def structural(published: Json, words: Words) -> Figure:
    """One odd case, or the routine itself."""
    labels = {**dict(Structural.choices), "": _("Not said yet")}
    rows = named(published["structural"], labels, words, by="structural", kind=Kind.MADE)
    share = words.shown(published["structural_share"], "%")
    note = _("One odd case, or the routine itself? Whoever looks back says so.")
    if share.value is not None:
        said = _("Of those of which it is known, %(share)s is structural.") % {"share": share.text}
        note = f"{said} {note}"
    return counted("structural", _("Incident or structural"), _("Incident or structural"), rows, note=note)
