"""The seller's settings, read."""

from claimdesk.company.models import Company


def company() -> Company:
    """Return the seller's settings; before anybody saved them, the defaults."""
    return Company.objects.filter(pk=1).first() or Company(pk=1)
