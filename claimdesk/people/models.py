"""Tables of people: users, roles of staff, attempts, saved views, notifications."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold, fold_email

BUILT_IN = {
    "sales": _("Sales"),
    "service": _("Service"),
    "finance": _("Finance"),
    "administrator": _("Administrator"),
}


class StaffRole(models.Model):
    """A group of named permissions that staff can hold.

    The four built-in roles have a `key`; while `permissions` is empty (None) the defaults that the rooms
    declare for that key hold.
    """

    key = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    permissions = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """What it is called: a built-in role in the reader's language, unless the seller has renamed it."""
        if self.name == self.key.title() and self.key in BUILT_IN:
            return str(BUILT_IN[self.key])
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds users as they type themselves."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.named(username or "").get()

    def named(self, username: str) -> "models.QuerySet[User]":
        """Return those with that username in any case; a comparison without case would read all of them."""
        return self.alias(lower=Lower("username")).filter(lower=Lower(models.Value(username)))

    def with_email(self, email: str) -> "models.QuerySet[User]":
        """Return those with that folded e-mail address."""
        return self.alias(lower=Lower("email")).filter(lower=Lower(models.Value(email)))


class User(AbstractBaseUser):
    """A person who can sign in: staff (`is_staff`) or one of a customer's people.

    A newcomer becomes a user when his e-mail address is verified, not before (A10). Users made by staff or
    invited have an address that `email_verified_at` leaves open until they follow their link.
    """

    class CommentMails(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Bundled, once a day")

    username = models.CharField(max_length=60)
    username_folded = models.CharField(max_length=60, editable=False, default="")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=160, editable=False)
    title = models.CharField(max_length=80, blank=True)
    photo = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=10, blank=True)
    date_format = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    only_own_customers = models.BooleanField(default=False)
    roles = models.ManyToManyField(StaffRole, blank=True, related_name="users")
    email_verified_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    muted_pages = models.JSONField(default=list, blank=True)
    muted_mails = models.JSONField(default=list, blank=True)
    comment_mails = models.CharField(max_length=8, choices=CommentMails, default=CommentMails.AT_ONCE)
    created_at = models.DateTimeField(default=now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "name"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_once"),
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=~models.Q(username__contains="@"), name="user_username_no_at"),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="user_name"),
            # What people type is the beginning of a word: PostgreSQL's LIKE wants bytes compared.
            models.Index(
                fields=["username_folded"], name="user_by_username", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["email"], name="user_by_email", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["name_folded"], name="user_by_name", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["-created_at", "-id"], name="user_created"),
            # Few among many; an index that began with the flag would not serve SQLite, where no "= 1" is written.
            models.Index(
                fields=["name_folded", "id"], condition=models.Q(is_staff=True), name="user_of_staff"
            ),
            models.Index(
                fields=["name_folded", "id"], condition=models.Q(is_active=False), name="user_disabled"
            ),
            models.Index(
                fields=["name_folded", "id"],
                condition=models.Q(email_verified_at=None),
                name="user_unverified",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.username_folded = self.username.lower()
        self.name_folded = fold(self.name)[:160]
        self.email = fold_email(self.email)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_folded", "username_folded"}
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def is_verified(self) -> bool:
        return self.email_verified_at is not None


class AttemptCounter(models.Model):
    """How often something guarded was tried ("verify:account:K1001") in the window that began then."""

    key = models.CharField(max_length=200, unique=True)
    count = models.PositiveIntegerField(default=0)
    window_started_at = models.DateTimeField(default=now)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key


class SavedView(models.Model):
    """A person's name for the filters, sort and columns of a list (`query` is the URL's query string)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Notification(models.Model):
    """A line for one user under the bell, following from an event."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notifications")
    event_id = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "event_id"], name="notification_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_user"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.user_id}"
