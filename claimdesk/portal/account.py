"""My account: what one says of oneself, and how one wants things shown (A85)."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.access.queries.email_changes import open_email_change
from claimdesk.kernel.dates import DATE_FORMATS
from claimdesk.kernel.pictures import NotAPicture
from claimdesk.people.actions.profile import change_photo, change_profile
from claimdesk.people.models import User
from claimdesk.people.notices import notices_for
from claimdesk.people.photos import draw_photo
from claimdesk.people.queries.second_factor import has_second_factor
from claimdesk.people.queries.users import username_is_taken
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import signed_in_page
from claimdesk.web.person_fields import NameField, UsernameField
from claimdesk.web.requests import PageRequest
from claimdesk.web.sent_forms import SentForm

_PAGE = "portal/account/profile.html"
_WORDS_ON_PHOTOS = {
    "too_large": gettext_lazy("The file is larger than 5 MB."),
    "too_many_pixels": gettext_lazy("The picture has more than 40 million pixels."),
    "unreadable": gettext_lazy("This is no JPEG, PNG, WebP, GIF or HEIC picture."),
}


class ProfileForm(forms.Form):
    """Name, title, username, and language, date format, time zone."""

    name = NameField(label=gettext_lazy("Full name"), max_length=120)
    title = NameField(label=gettext_lazy("Title"), max_length=80, required=False)
    username = UsernameField()
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("As my browser has it")), *settings.LANGUAGES],
    )
    date_format = forms.ChoiceField(label=gettext_lazy("Date format"), required=False, choices=DATE_FORMATS)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices=lambda: [("", _("As the seller has it")), *((z, z) for z in sorted(available_timezones()))],
    )

    def __init__(self, *arguments: Any, user: User, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.user = user

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username_is_taken(username, but=self.user.pk):
            raise forms.ValidationError(_("Somebody has this username already. Choose another one."))
        return username


class PhotoForm(forms.Form):
    """A picture, drawn anew."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPEG, PNG, WebP, GIF or HEIC, up to 5 MB. It is cut to a square."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.heic,.heif"}),
    )

    def clean_photo(self) -> bytes:
        file = self.cleaned_data["photo"]
        try:
            return draw_photo(file, size=file.size)
        except NotAPicture as refusal:
            raise forms.ValidationError(str(_WORDS_ON_PHOTOS[refusal.reason])) from refusal


class NoticesForm(SentForm):
    """What to be told in the page, and what by e-mail; everything unless one unticks it."""

    def __init__(self, *arguments: Any, user: User, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kinds = notices_for(is_staff=user.is_staff)
        choices = [(kind.key, kind.label) for kind in self.kinds]
        for way, label, muted in (
            ("pages", _("In the page"), user.muted_pages),
            ("mails", _("By e-mail"), user.muted_mails),
        ):
            self.fields[way] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                initial=[kind.key for kind in self.kinds if kind.key not in muted],
            )

        self.fields["comment_mails"] = forms.ChoiceField(
            label=_("E-mail about comments"),
            choices=User.CommentMails.choices,
            widget=forms.RadioSelect,
            initial=user.comment_mails,
            help_text=_("The bundle comes at seven in the morning, in your time zone."),
        )

    def muted(self, way: str) -> list[str]:
        """Return the kinds that were unticked."""
        return [kind.key for kind in self.kinds if kind.key not in self.cleaned_data[way]]


@signed_in_page
def account(request: PageRequest) -> HttpResponse:
    """Show and change the profile."""
    user = request.user
    initial = {name: getattr(user, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, user=user, initial=initial)
    context = {
        "title": _("My Account"),
        "form": form,
        "person": user,
        "photo_form": PhotoForm(),
        "email_change": open_email_change(user),
        "has_second_factor": has_second_factor(user),
    }
    if request.method != "POST":
        return render(request, _PAGE, context)
    if not form.is_valid():
        return invalid(request, _PAGE, context)
    change_profile(user, fields=form.cleaned_data, by=request.actor)
    return done(request, reverse("portal:account"), _("Saved."))


@signed_in_page
def photo(request: PageRequest) -> HttpResponseBase:
    """Give one's own photo; by POST take a new one, or none."""
    user, actor = request.user, request.actor
    if request.method != "POST":
        if not user.photo or not default_storage.exists(user.photo):
            raise Http404
        return FileResponse(default_storage.open(user.photo), content_type="image/jpeg")
    if "remove" in request.POST:
        change_photo(user, picture=None, by=actor)
        return done(request, reverse("portal:account"), _("The photo is gone."))
    form = PhotoForm(request.POST, request.FILES)
    context = {"title": _("Photo"), "form": form}
    if not form.is_valid():
        return invalid(request, "portal/account/photo.html", context)
    change_photo(user, picture=form.cleaned_data["photo"], by=actor)
    return done(request, reverse("portal:account"), _("Saved."))


@signed_in_page
def notices(request: PageRequest) -> HttpResponse:
    """Choose what to be told."""
    user = request.user
    form = NoticesForm(request.POST if request.method == "POST" else None, user=user)
    context = {"title": _("Notifications"), "form": form}
    if request.method != "POST":
        return render(request, "portal/account/notices.html", context)
    if not form.is_valid():
        return invalid(request, "portal/account/notices.html", context)
    fields = {"muted_pages": form.muted("pages"), "muted_mails": form.muted("mails")}
    fields["comment_mails"] = form.cleaned_data["comment_mails"]
    change_profile(user, fields=fields, by=request.actor)
    return done(request, reverse("portal:account"), _("Saved."))


urls = [
    path("account/", account, name="account"),
    path("account/photo/", photo, name="photo"),
    path("account/notifications/", notices, name="notices"),
]
