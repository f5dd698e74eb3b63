"""Forms about users, their memberships, and staff."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.permissions import declared
from claimdesk.kernel.text import fold_number
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_roles
from claimdesk.people.queries.users import username_is_taken
from claimdesk.web.form_fields import field_of
from claimdesk.web.person_fields import EmailAddressField, NameField, UsernameField
from claimdesk.web.record_forms import language_choices
from claimdesk.web.role_forms import RolesField


class CustomerNumberField(forms.CharField):
    """A customer, by the number; one that the actor may not see does not exist."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"label": gettext_lazy("Customer number"), "max_length": 40}
        super().__init__(**(defaults | options))
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Customer | None:
        text = super().clean(value)
        if not text or self.actor is None:
            return None
        found = customers(self.actor).filter(number_folded=fold_number(text), merged_into=None).first()
        if found is None:
            raise ValidationError(_("No customer has this number."))
        return found


class WithCustomer(forms.Form):
    """A form that names a customer."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "customer", CustomerNumberField).actor = actor


class PersonForm(forms.Form):
    """Who somebody is."""

    name = NameField(label=gettext_lazy("Full name"), max_length=120)
    username = UsernameField(
        required=False, help_text=gettext_lazy("Left empty, it is made of the e-mail address.")
    )

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username and username_is_taken(username, but=getattr(self, "user_id", None)):
            raise ValidationError(_("Somebody has this username already."))
        return username


class NewUserForm(WithCustomer, PersonForm):
    """A new user, with or without a customer (A86)."""

    email = EmailAddressField(help_text=gettext_lazy("Login details go there: username and a link."))
    customer = CustomerNumberField(required=False)
    roles = RolesField()

    field_order = ("name", "email", "username", "customer", "roles")


class EditUserForm(PersonForm):
    """What staff may change of somebody; the e-mail address is his own to change (A82)."""

    title = NameField(label=gettext_lazy("Title"), max_length=80, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=language_choices, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        initial = {name: getattr(user, name) for name in ("name", "username", "title", "language")}
        super().__init__(*args, **(kwargs | {"initial": initial}))
        self.user_id = user.pk
        self.fields["username"].required = True
        self.fields["username"].help_text = ""


class MembershipForm(WithCustomer):
    """Customer and Role of Edit user (A78)."""

    customer = CustomerNumberField(
        label=gettext_lazy("Customer"), help_text=gettext_lazy("The customer's number.")
    )
    roles = RolesField()


class MemberForm(forms.Form):
    """A user to add to a customer, by username or e-mail address."""

    person = forms.CharField(label=gettext_lazy("Username or e-mail"), max_length=254)
    roles = RolesField()


class MoveForm(WithCustomer):
    """The mapped account (A70)."""

    customer = CustomerNumberField(
        label=gettext_lazy("Mapped account"), help_text=gettext_lazy("The new customer's number.")
    )
    roles = RolesField()
    keeps_old = forms.BooleanField(
        label=gettext_lazy("Keep the access to the present customer as well"), required=False
    )


class ActingForm(forms.Form):
    """Why somebody of staff acts for a customer (A84)."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("It stands in the timeline, as in “phoned in an order”."),
    )


class StaffForm(PersonForm):
    """A person of staff."""

    email = EmailAddressField(help_text=gettext_lazy("Login details go there: username and a link."))
    roles: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple
    )
    only_own_customers = forms.BooleanField(
        label=gettext_lazy("Sees only the customers whose representative he or she is"), required=False
    )

    field_order = ("name", "email", "username", "roles", "only_own_customers")

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "roles", forms.ModelMultipleChoiceField).queryset = staff_roles()
        if user is not None:
            for name in ("name", "email", "username"):
                del self.fields[name]
            self.fields["roles"].initial = [role.pk for role in user.roles.all()]
            self.fields["only_own_customers"].initial = user.only_own_customers


class StaffRoleForm(forms.Form):
    """What a role may, permission by permission."""

    name = NameField(label=gettext_lazy("Name of the role"), max_length=80)
    permissions = forms.MultipleChoiceField(
        label=pgettext_lazy("what a role is allowed to do", "May"),
        choices=[],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(permission.name, permission.label) for permission in declared() if permission.staff]
        field_of(self, "permissions", forms.MultipleChoiceField).choices = choices
