"""Whether newcomers may come in; every door asks here (A3, A19)."""

from claimdesk.company.queries.company import company


def new_account_is_open() -> bool:
    """Tell whether visitors may create a new account."""
    seller = company()
    return seller.allow_registration and seller.allow_new_account


def new_user_is_open() -> bool:
    """Tell whether visitors may create a new user for an existing account."""
    seller = company()
    return seller.allow_registration and seller.allow_new_user_for_account
