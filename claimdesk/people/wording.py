"""How history reads what it keeps as codes."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "name": _("Full name"),
    "username": _("Username"),
    "email": _("E-mail"),
    "title": _("Title"),
    "language": _("Language"),
    "date_format": _("Date format"),
    "time_zone": _("Time zone"),
    "theme": _("Theme"),
    "roles": _("Roles"),
    "photo": _("Photo"),
    "only_own_customers": _("Sees only the customers whose representative he or she is"),
    "is_staff": _("Staff"),
}

SECOND_FACTOR_CHANGES = {"added": _("added"), "removed": _("removed"), "renewed": _("renewed")}
SCOPES = {"account": _("one account"), "address": _("one network address"), "overall": _("all together")}
GUARDS = {
    "sign_in": _("signing in"),
    "second_factor": _("the second factor"),
    "register": _("creating an account"),
    "code": _("the code of an e-mail"),
    "password_reset": _("resetting a password"),
    "verification": _("proving an account"),
}
