"""The lists of terms of the municipality as a whole."""

from django.utils.translation import gettext_lazy as _

from .base import Term


class PolicyDomain(Term):
    """A field of work: income, debts, youth ..."""

    class Meta(Term.Meta):
        verbose_name = _("policy domain")
        verbose_name_plural = _("policy domains")


class Neighbourhood(Term):
    """A part of the municipality."""

    class Meta(Term.Meta):
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")


class LifeDomain(Term):
    """A side of somebody's life: income, housing, health ..."""

    class Meta(Term.Meta):
        verbose_name = _("life domain")
        verbose_name_plural = _("life domains")
