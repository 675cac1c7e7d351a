"""Makes people and things for tests; every test that reads as a claim starts here."""

from datetime import timedelta

import factory
from django.contrib.auth.models import Group
from django.utils import timezone

from cases.models import Case, Routine, RoutineVersion, SourceType
from deviations.models import Cause, Deviation, DiscretionarySpace, Ground
from organisation.models import Counter, Deputising, LifeDomain, Membership, Neighbourhood, PolicyDomain, Team, User


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody without a team or role."""

    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.test")


class TermFactory(factory.django.DjangoModelFactory):
    """A row of reference data."""

    class Meta:
        abstract = True

    code = factory.Sequence(lambda n: f"term-{n}")
    label_nl = factory.Sequence(lambda n: f"Term {n}")
    label_en = factory.SelfAttribute("label_nl")


class PolicyDomainFactory(TermFactory):
    """A field of work."""

    class Meta:
        model = PolicyDomain


class LifeDomainFactory(TermFactory):
    """A side of somebody's life."""

    class Meta:
        model = LifeDomain


class NeighbourhoodFactory(TermFactory):
    """A part of the municipality."""

    class Meta:
        model = Neighbourhood


class CauseFactory(TermFactory):
    """What in the system made a routine misfire."""

    class Meta:
        model = Cause


class GroundFactory(TermFactory):
    """A legal ground."""

    class Meta:
        model = Ground

    kind = Ground.Kind.DEVIATION
    weight = "B"
    when_applies = "When the rule misfires."


class TeamFactory(factory.django.DjangoModelFactory):
    """A team with its group."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")
    group = factory.LazyAttribute(lambda team: Group.objects.create(name=f"team:{team.name}"))


class MembershipFactory(factory.django.DjangoModelFactory):
    """A caseworker in a team since a month."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    role = "caseworker"
    since = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=30))


class DeputisingFactory(factory.django.DjangoModelFactory):
    """Somebody stands in from today, for two weeks."""

    class Meta:
        model = Deputising

    since = factory.LazyFunction(timezone.localdate)
    until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class RoutineFactory(factory.django.DjangoModelFactory):
    """A routine with one version, a policy rule."""

    class Meta:
        model = Routine
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"R-{n:03d}")
    title_nl = factory.Sequence(lambda n: f"Routine {n}")
    policy_domain = factory.SubFactory(PolicyDomainFactory)

    @factory.post_generation
    def version(self, create, extracted, **kwargs):
        if create and extracted is not False:
            RoutineVersionFactory(routine=self, **kwargs)


class RoutineVersionFactory(factory.django.DjangoModelFactory):
    """What a routine prescribes."""

    class Meta:
        model = RoutineVersion

    routine = factory.SubFactory(RoutineFactory, version=False)
    number = 1
    prescribes = "Three months of statements come with the application."
    purpose = "To know what somebody lives on."
    source_type = SourceType.POLICY_RULE
    valid_from = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=700))


class CaseFactory(factory.django.DjangoModelFactory):
    """An open case; its handler should be a member of its team."""

    class Meta:
        model = Case

    number = factory.LazyFunction(lambda: Counter.next("Z"))
    subject = factory.Sequence(lambda n: f"Question {n}")
    question = "I cannot print my statements."
    team = factory.SubFactory(TeamFactory)
    handler = factory.SubFactory(UserFactory)
    policy_domain = factory.SubFactory(PolicyDomainFactory)


class DeviationFactory(factory.django.DjangoModelFactory):
    """A complete draft of the handler of its case."""

    class Meta:
        model = Deviation

    number = factory.LazyFunction(lambda: Counter.next("A"))
    case = factory.SubFactory(CaseFactory)
    author = factory.LazyAttribute(lambda deviation: deviation.case.handler)
    team = factory.LazyAttribute(lambda deviation: deviation.case.team)
    policy_domain = factory.LazyAttribute(lambda deviation: deviation.case.policy_domain)
    routine = factory.SubFactory(RoutineFactory)
    routine_version = factory.LazyAttribute(lambda deviation: deviation.routine.version_on())
    source_type = factory.LazyAttribute(lambda deviation: deviation.routine_version.source_type)
    if_followed = "The application stays incomplete for weeks."
    instead = "We look at the statements together on the phone."
    why_here = "The account is blocked, so nothing can be printed."


class SpaceFactory(factory.django.DjangoModelFactory):
    """An active space; give it routines and holders yourself."""

    class Meta:
        model = DiscretionarySpace

    number = factory.LazyFunction(lambda: Counter.next("R"))
    name = factory.Sequence(lambda n: f"Space {n}")
    purpose = "Helping sooner."
    team = factory.SubFactory(TeamFactory)
    granted_by = factory.SubFactory(UserFactory)
    rules_slider = 3
    means_slider = 1
    deciding_slider = 4
    purpose_slider = 4
    cents_per_deviation = 50_000
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=180))
    state = "active"
