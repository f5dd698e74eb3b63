"""Settings, Staff: who works here, with which roles, and what a role may."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.access.actions.users import make_staff
from claimdesk.kernel.permissions import STAFF_ROLES, defaults_of_staff
from claimdesk.office.forms.users import StaffForm, StaffRoleForm
from claimdesk.people.actions.staff import add_staff_role, change_staff, change_staff_role
from claimdesk.people.permissions import EDIT_STAFF
from claimdesk.people.queries.second_factor import users_with_second_factor
from claimdesk.people.queries.staff import all_staff, staff_roles
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

FORM = "office/staff/form.html"


def _home() -> str:
    return reverse("office:settings_staff")


@office_page(EDIT_STAFF)
def staff_page(request: PageRequest) -> HttpResponse:
    people = list(all_staff())
    context = {
        "title": _("Staff"),
        "people": people,
        "roles": staff_roles(),
        "with_second_factor": users_with_second_factor([person.pk for person in people]),
    }
    return render(request, "office/staff/page.html", context)


@office_page(EDIT_STAFF)
def staff_new(request: PageRequest) -> HttpResponse:
    form = StaffForm(request.POST or None)
    context: dict[str, Any] = {"title": _("New person of staff"), "form": form, "cancel": _home()}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    user = make_staff(**form.cleaned_data, by=request.actor)
    return done(request, _home(), _("Login details are on their way to %s.") % user.email)


@office_page(EDIT_STAFF)
def staff_edit(request: PageRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(all_staff(), pk=pk)
    form = StaffForm(request.POST or None, user=user)
    context: dict[str, Any] = {"title": user.name, "form": form, "cancel": _home()}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_staff(user, **form.cleaned_data, by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_STAFF)
def staff_role_new(request: PageRequest) -> HttpResponse:
    form = StaffRoleForm(request.POST or None)
    context: dict[str, Any] = {"title": _("New role"), "form": form, "cancel": _home()}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    add_staff_role(**form.cleaned_data, by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_STAFF)
def staff_role(request: PageRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(staff_roles().exclude(key="administrator"), pk=pk)
    allowed = defaults_of_staff(role.key) if role.permissions is None else role.permissions
    form = StaffRoleForm(request.POST or None, initial={"name": role.name, "permissions": sorted(allowed)})
    is_changed = role.permissions is not None and role.key in STAFF_ROLES
    context: dict[str, Any] = {"title": role.label, "form": form, "cancel": _home()}
    context["reset"] = reverse("office:staff_role_reset", args=[role.pk]) if is_changed else ""
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_staff_role(role, **form.cleaned_data, by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_STAFF)
@require_POST
def staff_role_reset(request: PageRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(staff_roles(), pk=pk)
    if role.key not in STAFF_ROLES:
        raise Http404
    change_staff_role(role, name=role.name, permissions=None, by=request.actor)
    return done(request, _home(), _("The role may what it may by default."))


urls = [
    path("settings/staff/", staff_page, name="settings_staff"),
    path("settings/staff/new/", staff_new, name="staff_new"),
    path("settings/staff/<int:pk>/", staff_edit, name="staff_edit"),
    path("settings/staff/roles/new/", staff_role_new, name="staff_role_new"),
    path("settings/staff/roles/<int:pk>/", staff_role, name="staff_role"),
    path("settings/staff/roles/<int:pk>/defaults/", staff_role_reset, name="staff_role_reset"),
]
