"""The app's name for Django, and the sentences of its verbs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VERBS = {
    "rollup.requested": _("%(actor)s asked for the figures to be counted: %(target)s"),
    "rollup.done": _("The figures have been counted: %(target)s"),
    "figures.released": _("The figures were released: %(target)s"),
    "signal.found": _("New signal: %(target)s"),
    "signal.came_back": _("A dismissed signal has grown: %(target)s"),
    "signal.to_look_at": _("Signals to look at: %(after)s, the first is %(target)s"),
    "question.ask": _("%(actor)s opened the learning question %(target)s"),
    "question.edit": _("%(actor)s changed the problem of %(target)s"),
    "question.link": _("%(actor)s added deviations to %(target)s"),
    "question.sign": _("%(actor)s made %(after)s part of %(target)s"),
    "question.received": _("Received: we look at what you signalled, in %(target)s"),
    "question.story_asked": _("%(actor)s asks you for your story: %(target)s"),
    "question.story_told": _("%(actor)s told the story of %(target)s for learning question %(after)s"),
    "question.story_arrived": _("A story was told for %(target)s"),
    "question.inquire": _("%(actor)s looks into %(target)s"),
    "question.propose": _("%(actor)s made a proposal for %(target)s"),
    "question.decide": _("%(actor)s decided about %(target)s"),
    "question.carry_out": _("%(actor)s said what was done about %(target)s"),
    "question.check": _("%(actor)s said what came of %(target)s"),
    "question.reply": _("%(actor)s answered who signalled %(target)s"),
    "question.close": _("%(actor)s closed %(target)s"),
    "question.reopen": _("%(actor)s took up %(target)s again"),
    "report.make": _("%(actor)s froze the figures of learning report %(target)s"),
    "report.made": _("The report is there, to be written: %(target)s"),
    "report.not_made": _("The report about %(target)s could not be made"),
    "report.write": _("%(actor)s wrote in learning report %(target)s"),
    "report.choose": _("%(actor)s changed the stories of learning report %(target)s"),
    "report.release": _("%(actor)s released a story of learning report %(target)s"),
    "report.publish": _("%(actor)s published learning report %(target)s"),
    "signal.take": _("%(actor)s looks at the signal %(target)s"),
    "signal.dismiss": _("%(actor)s dismissed the signal %(target)s"),
    "signal.link": _("%(actor)s made the signal %(target)s part of a learning question"),
}


class LearningConfig(AppConfig):
    """Configuration of `learning`."""

    name = "learning"

    def ready(self) -> None:
        """Say what our lines in the logbook mean."""
        from organisation import sentences

        sentences.register(VERBS)
