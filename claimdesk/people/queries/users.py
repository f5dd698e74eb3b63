"""Users, found as they type themselves."""

from collections.abc import Iterable

from django.db.models import Q

from claimdesk.kernel.text import fold, fold_email
from claimdesk.people.models import User

MOST = 200


def user_with_email(email: str) -> User | None:
    """Return the user whose e-mail address it is, in any spelling of case and domain."""
    return User.objects.with_email(fold_email(email)).first()


def username_is_taken(username: str, *, but: int | None = None) -> bool:
    """Tell whether somebody (other than the user with key `but`) has that username. Usernames are public (A18)."""
    return User.objects.named(username).exclude(pk=but or 0).exists()


def user_with_id(key: int) -> User | None:
    """Return the user with that key, for what follows from an event."""
    return User.objects.filter(pk=key).first()


def users_with_ids(keys: Iterable[int]) -> list[User]:
    """Return the users with those keys, in a steady order."""
    return list(User.objects.filter(pk__in=list(keys)).order_by("pk"))


def keys_of_users(text: str) -> list[int]:
    """Return the keys of the users with that username or e-mail address, or that name."""
    email = fold_email(text) if "@" in text else text.lower()
    named = Q(username_folded=text.lower()) | Q(email=email) | Q(name_folded=fold(text))
    return list(User.objects.filter(named).values_list("pk", flat=True)[:MOST])


def user_called(name: str) -> User | None:
    """Return the user with that username or e-mail address, as he would sign in."""
    name = name.strip()
    return user_with_email(name) if "@" in name else User.objects.named(name).first()
