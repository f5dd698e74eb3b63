"""Team: who has access to the account, invited and managed by its managers (A83)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from claimdesk.access.actions.invitations import cancel_invitation, invite
from claimdesk.access.actions.memberships import change_order_limit, change_roles, remove_membership
from claimdesk.access.models import Invitation, Membership
from claimdesk.access.permissions import MANAGE_TEAM, VIEW_ACCOUNT
from claimdesk.access.queries.invitations import open_invitations
from claimdesk.access.queries.members import members
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.money import parse_amount, to_decimal
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import portal_page
from claimdesk.web.person_fields import EmailAddressField, NameField
from claimdesk.web.requests import PageRequest
from claimdesk.web.role_forms import RolesField, RolesForm
from claimdesk.web.sent_forms import SentForm

FORM = "portal/team/form.html"


class InvitationForm(forms.Form):
    """Whom to invite, and what for."""

    email = EmailAddressField()
    name = NameField(label=gettext_lazy("Full name"), max_length=120, required=False)
    roles = RolesField()


class LimitForm(SentForm):
    """How much a member may order at once without a manager's approval."""

    limit = forms.CharField(
        label=gettext_lazy("Order limit"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("Orders above it wait for a manager's approval. Empty: no limit."),
    )

    def __init__(self, *arguments: Any, currency: str, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.currency = currency
        self.fields["limit"].label = _("Order limit in %(currency)s") % {"currency": currency}

    def clean_limit(self) -> int | None:
        text = self.cleaned_data["limit"]
        if not text:
            return None
        try:
            limit = parse_amount(text, self.currency)
        except ValueError:
            raise forms.ValidationError(_("That is no amount; write 500 or 499.90.")) from None
        if limit < 0:
            raise forms.ValidationError(_("A limit cannot be below nothing."))
        return limit


def _customer(request: PageRequest) -> Customer:
    return get_object_or_404(customers(request.actor), pk=request.actor.customer_id)


def _member(request: PageRequest, pk: int) -> Membership:
    return get_object_or_404(members(_customer(request)).select_related("customer"), pk=pk)


def _invitation(request: PageRequest, pk: int) -> Invitation:
    return get_object_or_404(open_invitations(_customer(request)).select_related("customer"), pk=pk)


@portal_page(VIEW_ACCOUNT)
@require_GET
def team(request: PageRequest) -> HttpResponse:
    customer = _customer(request)
    may_manage = request.actor.may(MANAGE_TEAM)
    context = {
        "title": _("Team"),
        "members": members(customer),
        "invitations": open_invitations(customer) if may_manage else [],
        "may_manage": may_manage,
    }
    return render(request, "portal/team/page.html", context)


@portal_page(MANAGE_TEAM)
def invitation_new(request: PageRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    context: dict[str, Any] = {"title": _("Invite somebody"), "form": form, "button": _("Send invitation")}
    context["cancel"] = reverse("portal:team")
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    invite(_customer(request), **form.cleaned_data, by=request.actor)
    message = _("The invitation to %s is on its way.") % form.cleaned_data["email"]
    return done(request, reverse("portal:team"), message)


@portal_page(MANAGE_TEAM)
@require_POST
def invitation_resending(request: PageRequest, pk: int) -> HttpResponse:
    """Send a fresh link; the earlier one is void."""
    earlier = _invitation(request, pk)
    wish = {"email": earlier.email, "name": earlier.name, "roles": earlier.roles}
    invite(earlier.customer, **wish, by=request.actor)
    return done(request, reverse("portal:team"), _("A fresh invitation is on its way."))


@portal_page(MANAGE_TEAM)
@require_POST
def invitation_cancellation(request: PageRequest, pk: int) -> HttpResponse:
    cancel_invitation(_invitation(request, pk), by=request.actor)
    return done(request, reverse("portal:team"), _("The invitation is canceled; its link is void."))


@portal_page(MANAGE_TEAM)
def member_roles(request: PageRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    form = RolesForm(request.POST or None, initial={"roles": member.roles})
    context: dict[str, Any] = {"title": member.user.name, "form": form, "button": _("Save")}
    context["cancel"] = reverse("portal:team")
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_roles(member, roles=form.cleaned_data["roles"], by=request.actor)
    return done(request, reverse("portal:team"), _("Saved."))


@portal_page(MANAGE_TEAM)
def member_limit(request: PageRequest, pk: int) -> HttpResponse:
    member, currency = _member(request, pk), request.seller.currency
    now = "" if member.order_limit is None else to_decimal(member.order_limit, currency)
    form = LimitForm(request.POST or None, initial={"limit": now}, currency=currency)
    context: dict[str, Any] = {"title": member.user.name, "form": form, "button": _("Save")}
    context["cancel"] = reverse("portal:team")
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_order_limit(member, limit=form.cleaned_data["limit"], by=request.actor)
    return done(request, reverse("portal:team"), _("Saved."))


@portal_page(MANAGE_TEAM)
@require_POST
def member_removal(request: PageRequest, pk: int) -> HttpResponse:
    member = _member(request, pk)
    remove_membership(member, by=request.actor)
    return done(request, reverse("portal:team"), _("%s has no access any more.") % member.user.name)


urls = [
    path("team/", team, name="team"),
    path("team/invitations/new/", invitation_new, name="invitation_new"),
    path("team/invitations/<int:pk>/resending/", invitation_resending, name="invitation_resending"),
    path("team/invitations/<int:pk>/cancellation/", invitation_cancellation, name="invitation_cancellation"),
    path("team/<int:pk>/roles/", member_roles, name="member_roles"),
    path("team/<int:pk>/limit/", member_limit, name="member_limit"),
    path("team/<int:pk>/removal/", member_removal, name="member_removal"),
]
