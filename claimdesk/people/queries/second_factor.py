"""Who has set up a second factor."""

from allauth.mfa.models import Authenticator

from claimdesk.people.models import User


def has_second_factor(user: User) -> bool:
    """Tell whether signing in as `user` takes more than the password."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
