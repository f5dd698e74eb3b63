"""What the doors of the catalogue show: a product with a picture on a shelf, and its prices."""

from io import BytesIO

from claimdesk.catalog.actions.pictures import add_picture
from claimdesk.catalog.pictures import draw_picture
from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from tests import make
from tests.conversations.samples import picture


def of_catalog(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of the catalogue."""
    shelf = make.category()
    product = make.product(category=shelf)
    file = picture()
    drawn = draw_picture(BytesIO(file), size=len(file))
    shown = add_picture(product, picture=drawn, by=make.STAFF)
    own = make.price(product, 900, customer=customer)
    pages = [
        (own.pk, ("price", "price_removal")),
        (
            product.pk,
            ("product", "product_edit", "product_withdrawal", "product_restoration", "product_picture_new"),
        ),
        (shelf.pk, ("product_category", "product_category_removal")),
        (shown.pk, ("product_picture", "product_thumbnail", "product_picture_removal")),
    ]
    return {f"office:{name}": {"pk": key} for key, names in pages for name in names}
