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
    "deviation.return": _("%(actor)s returned %(target)s with a question"),
    "deviation.refuse": _("%(actor)s refused %(target)s"),
    "deviation.evaluate": _("%(actor)s looked back on %(target)s"),
    "space.draft": _("%(actor)s wrote a draft of space %(target)s"),
    "space.edit": _("%(actor)s changed space %(target)s"),
    "space.holders": _("%(actor)s changed who may use space %(target)s"),
    "space.grant": _("%(actor)s granted space %(target)s"),
    "space.suspend": _("%(actor)s suspended space %(target)s"),
    "space.resume": _("%(actor)s took space %(target)s up again"),
    "space.withdraw": _("%(actor)s withdrew space %(target)s"),
    "space.expire": _("Space %(target)s has expired"),
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
        from organisation import sentences

        sentences.register(VERBS)
