"""Writers of the seller's row that several rooms share; they record nothing."""

from claimdesk.company.models import Company


def write_default_company() -> bool:
    """Insert the seller's row with the defaults, if it is missing. Returns whether it was."""
    if Company.objects.exists():
        return False
    Company.objects.bulk_create([Company(pk=1)], ignore_conflicts=True)
    return True
