"""Who has set up a second factor."""

from allauth.mfa.models import Authenticator

from claimdesk.people.models import User


def has_second_factor(user: User) -> bool:
    """Tell whether signing in as `user` takes more than the password."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def users_with_second_factor(keys: list[int]) -> set[int]:
    """Return those of the users' keys whose owners have set one up."""
    found = Authenticator.objects.filter(user_id__in=keys).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(found.values_list("user_id", flat=True))
