"""The app's name for Django, and the sentences of its verbs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VERBS = {
    "case.opened": _("%(actor)s opened case %(target)s"),
    "case.edited": _("%(actor)s changed the facts of case %(target)s"),
    "case.held": _("%(actor)s put case %(target)s on hold"),
    "case.resumed": _("%(actor)s took case %(target)s up again"),
    "case.handed_over": _("%(actor)s handed case %(target)s over to %(after)s"),
    "case.shared": _("%(actor)s shared case %(target)s with %(after)s"),
    "case.share_changed": _("%(actor)s changed with whom case %(target)s is shared"),
    "case.share_ended": _("%(actor)s stopped sharing case %(target)s with %(before)s"),
    "case.share_expired": _("Case %(target)s is no longer shared with %(before)s: the last day has passed"),
    "case.tailored": _("Case %(target)s became tailored work"),
    "case.put_before_manager": _("%(actor)s put a deviation in case %(target)s before the manager"),
    "case.closed": _("%(actor)s closed case %(target)s: %(after)s"),
    "case.reopened": _("%(actor)s reopened case %(target)s"),
    "case.classified": _("%(actor)s gave case %(target)s another retention class: %(after)s"),
    "case.kept_from_destruction": _("%(actor)s placed a hold on the destruction of case %(target)s: %(after)s"),
    "case.hold_lifted": _("%(actor)s lifted a hold on the destruction of case %(target)s: %(before)s"),
    "retention_class.added": _("%(actor)s added retention class %(target)s"),
    "retention_class.changed": _("%(actor)s changed retention class %(target)s"),
    "journal.written": _("%(actor)s wrote in the journal of case %(target)s"),
    "journal.changed": _("%(actor)s changed a journal entry in case %(target)s"),
    "journal.corrected": _("%(actor)s corrected or added to a journal entry in case %(target)s"),
    "agreement.made": _("%(actor)s recorded an agreement in case %(target)s"),
    "agreement.kept": _("%(actor)s marked an agreement in case %(target)s as done"),
    "agreement.reopened": _("%(actor)s marked an agreement in case %(target)s as not done"),
    "attachment.added": _("%(actor)s added a file to case %(target)s: %(after)s"),
    "attachment.removed": _("%(actor)s took a file out of case %(target)s: %(before)s"),
    "routine.applied": _("%(actor)s noted the use of a routine: %(target)s"),
    "routine.outcome_set": _("The use of a routine changed: %(target)s"),
    "routine.added": _("%(actor)s added routine %(target)s"),
    "routine.renamed": _("%(actor)s changed the title or the owner of routine %(before)s"),
    "routine.version_added": _("%(actor)s made a new version of routine %(target)s"),
    "routine.version_corrected": _("%(actor)s corrected a version of routine %(target)s"),
}

READS, WORKS = _("to read"), _("to read and work on")


class CasesConfig(AppConfig):
    """Configuration of `cases`."""

    name = "cases"

    def ready(self) -> None:
        """Say what our lines in the logbook mean."""
        from organisation import sentences

        from .models.casefile import VIEW_CASE, WORK_ON_CASE, Result
        from .rules.keeping import HoldKind

        words = dict(Result.choices) | dict(HoldKind.choices) | {VIEW_CASE: READS, WORK_ON_CASE: WORKS}
        sentences.register(VERBS, words={"cases.case": words})
