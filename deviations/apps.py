"""The app's name for Django, and the sentences of its verbs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VERBS = {
    "deviation.begin": _("%(actor)s began to write %(target)s"),
    "deviation.edit": _("%(actor)s changed %(target)s"),
    "deviation.submit": _("%(actor)s submitted %(target)s"),
    "deviation.use_space": _("%(target)s was agreed by space"),
    "deviation.record": _("%(actor)s recorded %(target)s"),
    "deviation.take_back": _("%(actor)s took %(target)s back"),
    "deviation.withdraw": _("%(actor)s withdrew %(target)s"),
    "deviation.agree": _("%(actor)s agreed to %(target)s"),
    "deviation.agree_with_conditions": _("%(actor)s agreed to %(target)s with conditions"),
    "deviation.agree_in_general": _("%(actor)s agreed to %(target)s and gave room for it in general"),
    "deviation.agree_with_conditions_in_general": _(
        "%(actor)s agreed to %(target)s with conditions and gave room for it in general"
    ),
    "deviation.return": _("%(actor)s returned %(target)s with a question"),
    "deviation.refuse": _("%(actor)s refused %(target)s"),
    "deviation.object": _("%(actor)s objected to the use of a space for %(target)s"),
    "deviation.remind": _("%(after)s was reminded of %(target)s"),
    "deviation.pass_on": _("%(target)s was passed on to %(after)s, because no answer came in time"),
    "deviation.nobody": _("Nobody of team %(after)s can answer %(target)s: name a deputy or a manager"),
    "deviation.revise": _("%(actor)s changed what was decided on in %(target)s: the decision no longer counts"),
    "deviation.ask_again": _("%(actor)s asked %(target)s again with another text, as %(after)s"),
    "deviation.add": _("%(actor)s added to %(target)s"),
    "deviation.ask_back": _("%(after)s was asked whether %(target)s helped"),
    "deviation.evaluate": _("%(actor)s looked back on %(target)s"),
    "deviation.ask_advice": _("%(actor)s asked advice about %(target)s"),
    "deviation.put_to_colleagues": _("Advice is asked, without names"),
    "deviation.receive_advice": _("%(actor)s entered legal advice about %(target)s"),
    "deviation.advise": _("%(actor)s gave advice about %(target)s"),
    "deviation.stop_asking": _("%(actor)s no longer asks advice about %(target)s"),
    "deviation.stop_asking_colleagues": _("Advice is no longer asked"),
    "deviation.weigh_advice": _("%(actor)s says what was done with the advice about %(target)s"),
    "deviation.weigh_advice_of_colleagues": _("It is said what was done with the advice"),
    "unease.voice": _("%(actor)s said that something does not feel right: %(target)s"),
    "unease.reply": _("%(actor)s answered %(target)s, about what does not feel right"),
    "unease.deviate": _("%(actor)s began deviation %(after)s from %(target)s"),
    "space.draft": _("%(actor)s wrote a draft of space %(target)s"),
    "space.edit": _("%(actor)s changed space %(target)s"),
    "space.holders": _("%(actor)s changed who may use space %(target)s"),
    "space.grant": _("%(actor)s granted space %(target)s"),
    "space.suspend": _("%(actor)s suspended space %(target)s"),
    "space.resume": _("%(actor)s took space %(target)s up again"),
    "space.withdraw": _("%(actor)s withdrew space %(target)s"),
    "space.renew": _("%(actor)s made draft %(after)s, which goes on with space %(target)s"),
    "space.succeed": _("%(actor)s let another space take the place of %(target)s"),
    "space.evaluate": _("%(actor)s looked back on space %(target)s: %(after)s"),
    "space.ends_soon": _("Space %(target)s ends soon"),
    "space.evaluation_due": _("It is time to look back on space %(target)s"),
    "space.expire": _("Space %(target)s has expired"),
    "space_request.ask": _("%(actor)s proposed a space: %(target)s"),
    "space_request.remind": _("The proposal %(target)s waits for an answer"),
    "space_request.pass_on": _("%(target)s was passed on to %(after)s, because no answer came in time"),
    "space_request.late": _("The proposal %(target)s was not answered in time"),
    "space_request.reply": _("%(actor)s answered the question about %(target)s"),
    "space_request.withdraw": _("%(actor)s withdrew the proposal %(target)s"),
    "space_request.return": _("%(actor)s has a question about %(target)s"),
    "space_request.grant": _("%(actor)s granted what was proposed: %(target)s"),
    "space_request.grant_differently": _("%(actor)s granted a space for %(target)s, different from what was proposed"),
    "space_request.decline": _("%(actor)s declined the proposal %(target)s"),
    "space.try_out": _("%(actor)s had space %(target)s tried on the past"),
    "space.tried_out": _("Space %(target)s has been tried on the past"),
    "term.add": _("%(actor)s added the term %(target)s"),
    "term.edit": _("%(actor)s changed the term %(target)s"),
    "policy_domain.created": _("Policy domain %(target)s was made from a register"),
    "routine.created": _("Routine %(target)s was made from a register"),
    "register.received": _("%(actor)s uploaded register %(target)s"),
    "register.started": _("%(actor)s had register %(target)s brought in"),
    "register.discarded": _("%(actor)s threw register %(target)s away"),
    "register.imported": _("Register %(target)s is in, with %(after)s deviations"),
}


class DeviationsConfig(AppConfig):
    """Configuration of `deviations`."""

    name = "deviations"

    def ready(self) -> None:
        """Say what our lines in the logbook mean."""
        from organisation import chronicle, sentences

        from .models.space_life import Verdict

        sentences.register(VERBS, words={"deviations.discretionaryspace": dict(Verdict.choices)})
        chronicle.tell_with("deviations.deviation", "deliberation")
