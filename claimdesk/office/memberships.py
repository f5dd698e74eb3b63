"""Memberships by the hand of staff: given, changed, moved, taken (A47, A70, A78, A86)."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.access.actions.memberships import change_roles, grant_membership, remove_membership
from claimdesk.access.actions.moves import move_member
from claimdesk.access.models import Membership
from claimdesk.access.permissions import EDIT_MEMBERSHIPS
from claimdesk.access.queries.denials import was_denied
from claimdesk.access.queries.moves import move_preview
from claimdesk.access.queries.users import held_membership, memberships_of, users
from claimdesk.customers.queries.customers import customers
from claimdesk.office.customers import customer_url
from claimdesk.office.forms.users import MemberForm, MembershipForm, MoveForm
from claimdesk.office.users import FORM, user_url
from claimdesk.people.queries.users import user_called
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest
from claimdesk.web.role_forms import RolesForm

MOVE = "office/users/move.html"


def _membership(request: PageRequest, pk: int) -> Membership:
    return get_object_or_404(held_membership(request.actor, pk))


@office_page(EDIT_MEMBERSHIPS)
def user_membership_new(request: PageRequest, pk: int) -> HttpResponse:
    """Give a user a customer, also after a denial, which then is said before it is done (A47)."""
    user = get_object_or_404(users(request.actor), pk=pk)
    form = MembershipForm(request.POST or None, actor=request.actor, initial={"roles": ["buyer", "service"]})
    context: dict[str, Any] = {
        "title": _("Give access"),
        "form": form,
        "person": user,
        "cancel": user_url(user),
    }
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    customer = form.cleaned_data["customer"]
    if was_denied(user, customer) and not request.POST.get("override"):
        return invalid(request, FORM, context | {"override": customer})
    grant_membership(user, customer=customer, roles=form.cleaned_data["roles"], by=request.actor)
    message = _("%(user)s has access to %(customer)s.") % {"user": user.name, "customer": customer.name}
    return done(request, user_url(user), message)


@office_page(EDIT_MEMBERSHIPS)
def membership_new(request: PageRequest, pk: int) -> HttpResponse:
    """Add a user to a customer, from the customer's page."""
    customer = get_object_or_404(customers(request.actor), pk=pk)
    form = MemberForm(request.POST or None, initial={"roles": ["buyer", "service"]})
    context: dict[str, Any] = {"title": _("Add a user"), "form": form, "cancel": customer_url(customer)}
    if request.method != "POST":
        return render(request, FORM, context)
    user = user_called(form.cleaned_data["person"]) if form.is_valid() else None
    if form.is_valid() and user is None:
        form.add_error("person", _("Nobody has this username or e-mail address. New user makes one."))
    if user is None:
        return invalid(request, FORM, context)
    if was_denied(user, customer) and not request.POST.get("override"):
        return invalid(request, FORM, context | {"override": customer})
    grant_membership(user, customer=customer, roles=form.cleaned_data["roles"], by=request.actor)
    return done(request, customer_url(customer), _("%s has access.") % user.name)


@office_page(EDIT_MEMBERSHIPS)
def membership_roles(request: PageRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    form = RolesForm(request.POST or None, initial={"roles": membership.roles})
    context: dict[str, Any] = {"title": _("Roles at %s") % membership.customer.name, "form": form}
    context["cancel"] = user_url(membership.user)
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_roles(membership, roles=form.cleaned_data["roles"], by=request.actor)
    return done(request, user_url(membership.user), _("Saved."))


@office_page(EDIT_MEMBERSHIPS)
@require_POST
def membership_removal(request: PageRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    remove_membership(membership, by=request.actor)
    message = _("%(user)s has no access to %(customer)s any more.")
    names = {"user": membership.user.name, "customer": membership.customer.name}
    return done(request, user_url(membership.user), message % names)


@office_page(EDIT_MEMBERSHIPS)
def user_move(request: PageRequest, pk: int) -> HttpResponse:
    """Move a user to another customer: first the preview of what changes, then the deed (A70)."""
    user = get_object_or_404(users(request.actor), pk=pk)
    membership = _membership_to_move(request, user)
    form = MoveForm(request.POST or None, actor=request.actor, initial={"roles": membership.roles})
    context: dict[str, Any] = {"title": _("Move to another customer"), "form": form, "membership": membership}
    context |= {"person": user, "cancel": user_url(user)}
    if request.method != "POST":
        return render(request, MOVE, context)
    if not form.is_valid():
        return invalid(request, MOVE, context)
    to = form.cleaned_data["customer"]
    if request.POST.get("seen") != str(to.pk):
        return invalid(request, MOVE, context | {"to": to, "preview": move_preview(membership, to)})
    wish = {"roles": form.cleaned_data["roles"], "keeps_old": form.cleaned_data["keeps_old"]}
    move_member(membership, to=to, **wish, by=request.actor)
    left_empty = move_preview(membership, to).leaves_empty and not wish["keeps_old"]
    target = customer_url(membership.customer) if left_empty else user_url(user)
    return done(request, target, _moved(membership, left_empty=left_empty))


def _membership_to_move(request: PageRequest, user: Any) -> Membership:
    active = memberships_of(user, request.actor).filter(state=Membership.State.ACTIVE)
    wanted = request.GET.get("membership", "")
    row = active.filter(pk=whole_number(wanted)).first() if wanted else active.first()
    if row is None:
        raise Http404
    return _membership(request, row.pk)


def _moved(membership: Membership, *, left_empty: bool) -> str:
    if left_empty:
        return _("Moved. Nobody is left at %s: close it by making it Inactive?") % membership.customer.name
    return _("Moved.")


urls = [
    path("users/<int:pk>/memberships/new/", user_membership_new, name="user_membership_new"),
    path("users/<int:pk>/move/", user_move, name="user_move"),
    path("customers/<int:pk>/members/new/", membership_new, name="membership_new"),
    path("memberships/<int:pk>/roles/", membership_roles, name="membership_roles"),
    path("memberships/<int:pk>/removal/", membership_removal, name="membership_removal"),
]
