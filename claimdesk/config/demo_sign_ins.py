"""Who can sign in to the demo world; `claimdesk demo` makes them, `claimdesk serve` names them."""

from claimdesk.company.queries.company import company

DEMO_PASSWORD = "claimdesk-demo"  # noqa: S105 - known to everybody, and only in a demo database
DEMO_SIGN_INS = {
    "admin@claimdesk.test": "staff: administrator",
    "sales@claimdesk.test": "staff: sales",
    "service@claimdesk.test": "staff: service",
    "finance@claimdesk.test": "staff: finance",
    "manager@claimdesk.test": "manager of an Active customer",
    "buyer@claimdesk.test": "buyer of the same customer",
    "viewer@claimdesk.test": "viewer of the same customer",
    "dealer@claimdesk.test": "a dealer's service person",
    "other@claimdesk.test": "manager of another customer",
    "pending@claimdesk.test": "registered, verified, waiting for approval",
    "multi@claimdesk.test": "belongs to two customers",
}


def demo_sign_ins() -> list[str]:
    """Return, line by line, who can sign in to a demo database; nothing for any other."""
    if not company().is_demo:
        return []
    people = [f"  {address:24}{role}" for address, role in DEMO_SIGN_INS.items()]
    return ["", f"A demo database; the password of all is {DEMO_PASSWORD}", *people, ""]
