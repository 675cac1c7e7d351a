"""The app's name for Django, and the sentences of its verbs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VERBS = {
    "dossier.freeze": _("The dossier of %(target)s was frozen as it was at the decision"),
    "destruction.made": _("%(actor)s made destruction list %(target)s with %(after)s lines"),
    "destruction.taken_off": _("%(actor)s took case %(target)s off destruction list %(before)s"),
    "destruction.submit": _("%(actor)s put destruction list %(target)s before a second person"),
    "destruction.return": _("%(actor)s gave destruction list %(target)s back"),
    "destruction.approve": _("%(actor)s approved destruction list %(target)s"),
    "destruction.withdraw": _("%(actor)s withdrew destruction list %(target)s"),
    "destruction.carried_out": _("Destruction list %(target)s was carried out: %(after)s destroyed"),
    "destruction.replayed": _("After a restore %(after)s destructions were done again"),
    "dossier.note": _("%(actor)s added to the dossier of %(target)s"),
    "block.save": _("%(actor)s changed the building block %(target)s"),
    "scan.start": _("%(actor)s began: %(target)s"),
    "scan.write": _("%(actor)s filled in a building block: %(target)s"),
    "scan.close": _("%(actor)s closed: %(target)s"),
    "pulse.open": _("%(actor)s asks you two anonymous questions: %(target)s"),
    "pulse.close": _("It was closed: %(target)s"),
    "comparison.freeze": _("The answers of %(target)s were counted, to compare them"),
}
LOGBOOK = {
    "logbook.exported": _("%(actor)s took %(after)s lines of the logbook along (%(before)s)"),
    "logbook.verify_asked": _("%(actor)s had the whole logbook verified"),
    "logbook.not_sound": _("The verification of the logbook found something that is not right (%(after)s)"),
    "logbook.seal_lags": _("The logbook is not being sealed any more: %(after)s lines wait"),
    "logbook.evidence_asked": _("%(actor)s asked for evidence from the logbook about %(target)s"),
    "logbook.evidence_made": _("The evidence from the logbook about %(target)s is ready: %(after)s lines"),
    "logbook.evidence_taken": _("%(actor)s took the evidence about %(target)s along"),
}
ACCESS = {
    "access_request.begin": _("%(actor)s had everything about %(target)s brought together for request %(after)s"),
    "access_request.ready": _("Everything about %(target)s was brought together for request %(after)s"),
    "access_request.download": _("%(actor)s took the answer to request %(after)s about %(target)s along"),
    "access_request.take_away": _("The files of request %(after)s about %(target)s were taken away"),
}
EDITIONS = {
    "edition.make": _("%(actor)s began the account of %(target)s"),
    "edition.write": _("%(actor)s wrote in the account of %(target)s"),
    "edition.choose": _("%(actor)s chose a story for the account of %(target)s"),
    "edition.retell": _("%(actor)s put a story in other words for the account of %(target)s"),
    "edition.release": _("%(actor)s released a story for the account of %(target)s"),
    "edition.take_out": _("%(actor)s took a story out of the account of %(target)s"),
    "edition.freeze": _("%(actor)s froze the figures of the account of %(target)s"),
    "edition.frozen": _("The figures are frozen; a second person can read and publish the account of %(target)s"),
    "edition.return": _("%(actor)s gave the account of %(target)s back: %(remark)s"),
    "edition.publish": _("%(actor)s published the account of %(target)s"),
}
REVIEWS = {
    "review_round.draw": _("%(actor)s drew round %(target)s: the reviewers can begin"),
    "review_round.close": _("%(actor)s closed round %(target)s, and its report is ready"),
    # Without who did it: the author hears what was said, not by whom.
    "review.answer": _("%(target)s was reviewed: %(after)s"),
    "review.respond": _("The author responded to the review of %(target)s"),
    "review.step_aside": _("The review of %(target)s went to another reviewer"),
    "review.reassign": _("The review of %(target)s was given to another reviewer"),
    "review.remind": _("Reviews of round %(target)s wait for you: the day is near"),
    "review.late": _("The review of %(target)s was due on %(after)s"),
}

REGISTER = {
    "register.propose": _("%(actor)s proposed line %(target)s for the public register: say what happened"),
    "register.write": _("%(actor)s wrote what line %(target)s of the register says"),
    "register.release": _("%(actor)s released line %(target)s of the register"),
    "register.take_back": _("%(actor)s took line %(target)s of the register back: %(remark)s"),
    "register.leave_out": _("%(actor)s left line %(target)s out of the register"),
}


class AccountabilityConfig(AppConfig):
    """Configuration of `accountability`."""

    name = "accountability"

    def ready(self) -> None:
        """Say what our lines in the logbook mean."""
        from organisation import readiness, sentences

        from .models.reviewing import Verdict
        from .services import replaying

        readiness.add_part("destructions", _("What was destroyed stays destroyed"), replaying.is_followed)
        sentences.register(REVIEWS, words={"accountability.review": dict(Verdict.choices)})
        sentences.register(ACCESS | VERBS | EDITIONS | LOGBOOK | REGISTER)
