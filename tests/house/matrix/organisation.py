"""Who gets in at the pages of the ground floor, and at those where apps meet."""

from organisation.models import Heartbeat

from .entries import Entry

OUT = {"uidb36": "1", "key": "set-password"}


def _colleague(world):
    return {"pk": world.people.colleague.pk}


def _team(world):
    return {"pk": world.people.youth.pk}


def _term(world):
    return {"kind": "policy-domains", "pk": world.case.policy_domain.pk}


def _membership(world):
    return {"pk": world.people.colleague.memberships.get().pk}


def _alive(world):
    Heartbeat.beat("worker")
    return {}


def _view(world):
    return {"pk": world.view.pk}


ADMIN = "admin"
ENTRIES = {
    "work": Entry(get="everybody"),
    "search": Entry(get="everybody", query=lambda world: {"q": "rent"}),
    "account_login": Entry(get="anybody", post="anybody"),
    "account_logout": Entry(get="anybody", post="anybody"),
    "account_change_password": Entry(get="everybody", post="everybody"),
    "account_reset_password": Entry(get="anybody", post="anybody"),
    "account_reset_password_done": Entry(get="anybody"),
    "account_reset_password_from_key": Entry(get="anybody", post="anybody", args=lambda world: OUT),
    "account_reset_password_from_key_done": Entry(get="anybody"),
    "set_language": Entry(get="anybody", post="anybody"),
    "accessibility": Entry(get="anybody"),
    "privacy": Entry(get="anybody"),
    "house_style": Entry(get="anybody"),
    "organisation:healthz": Entry(get="anybody"),
    "organisation:readyz": Entry(get="anybody", args=_alive),
    "organisation:security-txt": Entry(get="anybody"),
    "organisation:notices": Entry(get="everybody"),
    "organisation:notices-read": Entry(post="everybody"),
    "organisation:notice-open": Entry(get="caseworker", args=lambda world: {"pk": world.notice.pk}),
    "organisation:deputies": Entry(get="managers admin", post="managers admin"),
    "organisation:deputy-end": Entry(
        post="manager admin", refused="othermanager", args=lambda world: {"pk": world.deputising.pk}
    ),
    "organisation:preferences": Entry(get="everybody", post="everybody"),
    "organisation:view-list": Entry(get="everybody"),
    "organisation:view-new": Entry(
        get="everybody",
        post="everybody",
        query=lambda world: {"page": "cases:list", "query": "state=on_hold"},
        data=lambda world: {"page": "cases:list", "query": "state=on_hold", "name": "Waiting"},
    ),
    "organisation:view": Entry(get="team manager", args=_view),
    "organisation:view-change": Entry(
        get="caseworker",
        post="caseworker",
        args=_view,
        data=lambda world: {"name": "Waiting", "audience": "owner"},
    ),
    "organisation:view-unshare": Entry(post="admin", args=_view, data=lambda world: {}),
    "organisation:view-remove": Entry(post="caseworker", args=_view, data=lambda world: {}),
    "organisation:view-put-back": Entry(
        post="caseworker", args=lambda world: {"pk": world.removed_view.pk}, data=lambda world: {}
    ),
    "organisation:draft": Entry(
        post="everybody", args=lambda world: {"key": "cases:new"}, data=lambda world: {"subject": "Rent"}
    ),
    "organisation:check-text": Entry(post="everybody", data=lambda world: {"field": "text", "text": "Rent"}),
    "organisation:take-out-text": Entry(post="everybody", data=lambda world: {"text": "Rent", "_replace": "text:all"}),
    "organisation:history": Entry(get="team", args=lambda world: {"label": "cases.case", "pk": world.case.pk}),
    "organisation:people": Entry(get=ADMIN),
    "organisation:person-new": Entry(
        get=ADMIN, post=ADMIN, data=lambda world: {"name": "New", "email": "new@demo.test"}
    ),
    "organisation:person": Entry(get=ADMIN, args=_colleague),
    "organisation:person-edit": Entry(
        get=ADMIN, post=ADMIN, args=_colleague, data=lambda world: {"name": "Other", "email": "other@demo.test"}
    ),
    "organisation:person-roles": Entry(post=ADMIN, args=_colleague, data=lambda world: {"roles": ["controller"]}),
    "organisation:person-whose": Entry(post=ADMIN, args=_colleague, data=lambda world: {"same_as": ""}),
    "organisation:person-join": Entry(
        post=ADMIN, args=_colleague, data=lambda world: {"team": world.people.youth.pk, "role": "caseworker"}
    ),
    "organisation:person-link": Entry(post=ADMIN, args=_colleague, data=lambda world: {"show": "1"}),
    "organisation:person-unlock": Entry(post=ADMIN, args=_colleague, data=lambda world: {}),
    "organisation:person-leave": Entry(post=ADMIN, args=_colleague, data=lambda world: {"remark": "Moved on."}),
    "organisation:person-return": Entry(
        refused=ADMIN,
        post="",
        args=_colleague,
        data=lambda world: {},  # the colleague still works here
    ),
    "organisation:membership-end": Entry(post=ADMIN, args=_membership, data=lambda world: {}),
    "organisation:team-list": Entry(get=ADMIN),
    "organisation:team-new": Entry(get=ADMIN, post=ADMIN, data=lambda world: {"name": "New team"}),
    "organisation:team": Entry(get=ADMIN, args=_team),
    "organisation:team-edit": Entry(get=ADMIN, post=ADMIN, args=_team, data=lambda world: {"name": "Other"}),
    "organisation:team-close": Entry(post=ADMIN, args=_team, data=lambda world: {"remark": ""}),
    "organisation:term-list": Entry(get=ADMIN),
    "organisation:term-new": Entry(
        get=ADMIN,
        post=ADMIN,
        args=lambda world: {"kind": "policy-domains"},
        data=lambda world: {"code": "new", "label_nl": "Nieuw", "label_en": "New"},
    ),
    "organisation:term": Entry(
        get=ADMIN, post=ADMIN, args=_term, data=lambda world: {"label_nl": "Anders", "label_en": "Other"}
    ),
    "organisation:term-close": Entry(post=ADMIN, args=_term, data=lambda world: {}),
    "organisation:settings-check": Entry(get=ADMIN),
}
