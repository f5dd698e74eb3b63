"""Who is told of what happens to a warranty claim, on either side (W8, W15)."""

from claimdesk.access.queries.members import reads_papers_of
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_WARRANTY_CLAIMS
from claimdesk.conversations.queries.threads import writers_about
from claimdesk.people.models import User
from claimdesk.people.queries.staff import permissions_of, staff_who_may
from claimdesk.people.queries.users import users_with_ids

SERVICE = "service"


def claimant(claim: WarrantyClaim) -> User | None:
    """Return the person of the customer's who made the claim, while he is of it."""
    return next(iter(_of_customer(claim, [claim.created_by_id])), None)


def correspondents(claim: WarrantyClaim) -> list[User]:
    """Return those of the customer's people who made the claim or commented on it, while they are of it."""
    return _of_customer(claim, [claim.created_by_id, *writers_about(claim)])


def agent(claim: WarrantyClaim) -> User | None:
    """Return the person of staff who works on the claim, while he may."""
    person = claim.assigned_to
    if person is None or not (person.is_active and person.is_staff):
        return None
    return person if EDIT_WARRANTY_CLAIMS in permissions_of(person) else None


def service_people(claim: WarrantyClaim) -> list[User]:
    """Return the staff who do such work and see this customer: who is of the service, else whoever may."""
    able = [person for person in staff_who_may(EDIT_WARRANTY_CLAIMS) if _sees(person, claim)]
    of_service = [person for person in able if any(role.key == SERVICE for role in person.roles.all())]
    return of_service or able


def told_of_staff(claim: WarrantyClaim) -> list[User]:
    """Return who of staff is told in the page: the one who works on the claim, else those who could."""
    person = agent(claim)
    return [person] if person else service_people(claim)


def _of_customer(claim: WarrantyClaim, keys: list[int | None]) -> list[User]:
    people = users_with_ids({key for key in keys if key is not None})
    return [each for each in people if not each.is_staff and reads_papers_of(each, claim.customer)]


def _sees(person: User, claim: WarrantyClaim) -> bool:
    return not person.only_own_customers or claim.customer.representative_id == person.pk
