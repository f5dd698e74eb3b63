"""What the doors of the shop show: a product with a picture, the buyer's cart, an order that waits for approval."""

from decimal import Decimal

from django.core.files.base import ContentFile

from claimdesk.catalog.models import ProductPicture
from claimdesk.customers.models import Customer
from claimdesk.orders.actions.carts import add_to_cart
from claimdesk.orders.queries.carts import cart_lines
from claimdesk.orders.wanted import WantedLine
from claimdesk.people.models import User
from tests import make


def of_shop(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of products, of their pictures, of what lies in the buyer's cart, and of an order."""
    product = make.product()
    picture = ProductPicture.objects.create(product=product, digest="p" * 64)
    picture.file.save("p.webp", ContentFile(b"RIFF"))
    picture.thumbnail.save("t.webp", ContentFile(b"RIFF"))
    buyer = make.actor(people["buyer"])
    add_to_cart(customer, lines=[WantedLine(product, Decimal(2))], by=buyer)
    line = cart_lines(buyer).get()
    order = make.order(customer, placed_by=people["buyer"], approval="pending")
    deeds = ("", "_placed", "_reorder", "_change", "_cancellation", "_approval", "_denial")
    return {f"portal:order{deed}": {"pk": order.pk} for deed in deeds} | {
        "portal:product": {"pk": product.pk},
        "portal:picture": {"pk": picture.pk},
        "portal:thumbnail": {"pk": picture.pk},
        "portal:cart_line": {"pk": line.pk},
        "portal:cart_line_removal": {"pk": line.pk},
    }
