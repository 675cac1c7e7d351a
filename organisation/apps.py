"""The app's name for Django, and the sentences of its verbs."""

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

VERBS = {
    "person.created": _("%(actor)s made an account for %(target)s"),
    "person.linked": _("%(actor)s noted that %(target)s is a second account of one person"),
    "person.unlinked": _("%(actor)s noted that %(target)s is the only account of this person"),
    "person.changed": _("%(actor)s changed the name or address of %(target)s"),
    "person.role_given": _("%(actor)s gave %(target)s the role %(after)s"),
    "person.role_taken": _("%(actor)s took the role %(before)s from %(target)s"),
    "person.joined_team": _("%(actor)s added %(target)s to a team: %(after)s"),
    "person.left_team": _("%(actor)s ended a place of %(target)s in a team: %(before)s"),
    "person.link_sent": _("%(actor)s sent %(target)s a link to set a password"),
    "person.link_shown": _("%(actor)s was shown a link to set the password of %(target)s"),
    "person.password_set": _("%(target)s set a new password"),
    "person.signed_in": _("%(target)s signed in"),
    "person.unlocked": _("%(actor)s let %(target)s try to sign in again"),
    "person.left": _("%(actor)s ended all access of %(target)s (rights ended: %(before)s)"),
    "person.returned": _("%(actor)s let %(target)s return, without the rights of before"),
    "team.created": _("%(actor)s made team %(target)s"),
    "team.changed": _("%(actor)s changed team %(target)s"),
    "team.closed": _("%(actor)s closed team %(target)s (places ended: %(before)s)"),
    "deputy.named": _("%(actor)s named a deputy for %(target)s: %(after)s"),
    "deputy.ended": _("%(actor)s ended that %(before)s stands in for %(target)s"),
    "view.shared": _("%(actor)s shared the view %(target)s: %(after)s"),
    "view.unshared": _("%(actor)s no longer shares the view %(target)s"),
    "term.added": _("%(actor)s added the term %(after)s"),
    "term.relabelled": _("%(actor)s changed the words of a term from %(before)s to %(after)s"),
    "term.closed": _("%(actor)s closed the term %(target)s"),
    "reference.loaded": _("%(target)s was taken over from the reviewed lists"),
    "reference.changed": _("%(target)s was brought up to date with the reviewed lists"),
    "logbook.resumed": _("The database was put back; the seal goes on from there (checkpoints %(target)s)"),
    "logbook.erased": _("%(actor)s destroyed what %(after)s lines of the logbook said: %(target)s"),
    "reference.closed": _("%(target)s is no longer in the reviewed lists and was closed"),
}


class OrganisationConfig(AppConfig):
    """Configuration of `organisation`."""

    name = "organisation"

    def ready(self) -> None:
        """Say what our lines in the logbook mean, and what an address of a file ends in."""
        from . import sentences
        from .files import FileKind
        from .models import Audience, Role

        words = {"organisation.user": dict(Role.choices), "organisation.savedview": dict(Audience.choices)}
        sentences.register(VERBS, words=words)
        register_converter(FileKind, "files")
