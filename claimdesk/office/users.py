"""User management: the list, a user's page, made, edited, disabled (A86)."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.access.actions.users import make_user
from claimdesk.access.permissions import EDIT_MEMBERSHIPS
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.users import listed_users, memberships_of, search_users, users, without_customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import EventQuerySet
from claimdesk.ledger.queries.timeline import events_of_user, timeline
from claimdesk.office.cells.users import customers_cell, state_cell
from claimdesk.office.forms.users import EditUserForm, NewUserForm
from claimdesk.office.timelines import entries_of, seen_by
from claimdesk.people.actions.users import change_user, disable_user, enable_user, force_new_password
from claimdesk.people.models import User
from claimdesk.people.permissions import EDIT_STAFF, EDIT_USERS, VIEW_USERS
from claimdesk.people.queries.sessions import sessions_of
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.record_forms import language_name
from claimdesk.web.requests import PageRequest
from claimdesk.web.words import role_names

FORM = "office/users/form.html"
MOST_SHOWN = 20


def user_url(user: User) -> str:
    """Return the address of a user's page."""
    return address_of("office:user", user.pk)


def roles_of(user: User) -> str:
    """Return the roles of staff, or those that a user has at his customers (`held`)."""
    if user.is_staff:
        return ", ".join(role.label for role in user.roles.all())
    return role_names(sorted({role for membership in user.held for role in membership.roles}))  # type: ignore[attr-defined]  # prefetched


class UserFilters(django_filters.FilterSet):
    """Filters of User management."""

    state = django_filters.ChoiceFilter(
        method="being",
        choices=[
            ("enabled", gettext_lazy("Enabled")),
            ("disabled", gettext_lazy("Disabled")),
            ("unverified", gettext_lazy("Not verified")),
            ("nobody", gettext_lazy("Without a customer")),
        ],
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("All"),
    )
    kind = django_filters.ChoiceFilter(
        method="of_kind",
        choices=[("staff", gettext_lazy("Staff")), ("customers", gettext_lazy("Customers' people"))],
        label=gettext_lazy("Kind"),
        empty_label=gettext_lazy("All"),
    )

    def being(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        if value == "unverified":
            return rows.filter(email_verified_at=None)
        return without_customer(rows) if value == "nobody" else rows.filter(is_active=value == "enabled")

    def of_kind(self, rows: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        return rows.filter(is_staff=value == "staff")


PAGE = ListPage(
    name="users",
    title=gettext_lazy("User management"),
    rows=listed_users,
    columns=(
        Column("username", gettext_lazy("Username"), link=user_url),
        Column("name", gettext_lazy("Full name"), sort="name_folded", link=user_url, heading=True),
        Column("email", gettext_lazy("E-mail")),
        Column(
            "customers",
            gettext_lazy("Customer"),
            value=lambda user: ", ".join(membership.customer.name for membership in user.held),
            cell=customers_cell,
        ),
        Column(
            "roles",
            gettext_lazy("Role"),
            value=roles_of,
        ),
        Column("state", gettext_lazy("State"), value="is_active", cell=state_cell),
        Column("last_login", gettext_lazy("Last sign-in")),
        Column("created", gettext_lazy("Created"), value="created_at", sort="created_at", shown=False),
    ),
    sort="name",
    filters=UserFilters,
    search=search_users,
    search_hint=gettext_lazy("Username, e-mail or name"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Without a customer"), "state=nobody"),
        Preset(gettext_lazy("Disabled"), "state=disabled"),
        Preset(gettext_lazy("Staff"), "kind=staff"),
    ),
    row_url=user_url,
    template="office/users/list.html",
    empty=Empty(
        gettext_lazy("No users yet"),
        gettext_lazy("People come by registration and invitation, or are made here."),
        icon="users",
        url=reverse_lazy("office:user_new"),
        action=gettext_lazy("New user"),
    ),
)


@office_page(VIEW_USERS)
def users_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE)


@office_page(VIEW_USERS)
def user_page(request: PageRequest, pk: int) -> HttpResponse:
    actor = request.actor
    user = get_object_or_404(users(actor).prefetch_related("roles"), pk=pk)
    context = {
        "title": user.name,
        "person": user,
        "state": state_cell(user, actor),
        "facts": _facts(user),
        "memberships": memberships_of(user, actor),
        "account_claims": account_claims(actor).filter(user=user).order_by("-created_at")[:MOST_SHOWN],
        "sessions": sessions_of(user)[:MOST_SHOWN],
        "entries": entries_of(timeline(_events(user, actor), limit=MOST_SHOWN, with_outcomes=True)),
        "may_edit": actor.may(EDIT_STAFF if user.is_staff else EDIT_USERS),
        "may_link": _may_link(actor, user),
    }
    return render(request, "office/users/page.html", context)


def _events(user: User, actor: Actor) -> EventQuerySet:
    """Return what happened to the user, as far as it is no matter of customers whom `actor` may not see."""
    events = seen_by(events_of_user(user.pk), actor)
    if not actor.only_own_customers:
        return events
    return events.filter(Q(customer_id=None) | Q(customer_id__in=customers(actor).values("pk")))


def _may_link(actor: Actor, user: User) -> bool:
    return actor.may(EDIT_MEMBERSHIPS) and not user.is_staff


def _facts(user: User) -> list[tuple[str, Any]]:
    return [
        (_("Username"), user.username),
        (_("E-mail"), user.email),
        (_("Verified"), user.email_verified_at or _("not yet")),
        (_("Title"), user.title),
        (_("Language"), language_name(user.language)),
        (_("Last sign-in"), user.last_login or _("never")),
        (_("Created"), user.created_at),
    ]


@office_page(EDIT_USERS)
def user_new(request: PageRequest) -> HttpResponse:
    form = NewUserForm(request.POST or None, actor=request.actor)
    context = {
        "title": _("New user"),
        "form": form,
        "cancel": reverse("office:users"),
        "button": _("Make user"),
    }
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    user = make_user(**form.cleaned_data, by=request.actor)
    return done(request, user_url(user), _("Login details are on their way to %s.") % user.email)


@office_page(VIEW_USERS)
def user_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change who somebody is; where he belongs stands below, each with its own deed (A78)."""
    user = get_object_or_404(users(request.actor), pk=pk)
    request.actor.require(EDIT_STAFF if user.is_staff else EDIT_USERS)
    form = EditUserForm(request.POST or None, user=user)
    context = {
        "title": _("Edit user"),
        "form": form,
        "person": user,
        "cancel": user_url(user),
        "button": _("Save"),
        "memberships": None if user.is_staff else memberships_of(user, request.actor),
        "may_link": _may_link(request.actor, user),
    }
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_user(user, fields=form.cleaned_data, by=request.actor)
    return done(request, user_url(user), _("Saved."))


@office_page(VIEW_USERS)
@require_POST
def user_disabling(request: PageRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(users(request.actor), pk=pk)
    disable_user(user, by=request.actor)
    return done(request, user_url(user), _("%s is disabled and out at once.") % user.name)


@office_page(VIEW_USERS)
@require_POST
def user_enabling(request: PageRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(users(request.actor), pk=pk)
    enable_user(user, by=request.actor)
    return done(request, user_url(user), _("%s is enabled.") % user.name)


@office_page(VIEW_USERS)
@require_POST
def user_new_password(request: PageRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(users(request.actor), pk=pk)
    force_new_password(user, by=request.actor)
    return done(request, user_url(user), _("%s chooses a new password at the next sign-in.") % user.name)


urls = [
    path("users/", users_page, name="users"),
    path("users/new/", user_new, name="user_new"),
    path("users/<int:pk>/", user_page, name="user"),
    path("users/<int:pk>/edit/", user_edit, name="user_edit"),
    path("users/<int:pk>/disabling/", user_disabling, name="user_disabling"),
    path("users/<int:pk>/enabling/", user_enabling, name="user_enabling"),
    path("users/<int:pk>/new-password/", user_new_password, name="user_new_password"),
]
