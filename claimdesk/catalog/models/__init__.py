"""Tables of what the seller offers."""

from claimdesk.catalog.models.price import Price
from claimdesk.catalog.models.product import Category, Product, ProductPicture
from claimdesk.catalog.models.search import Misspelling, ProductWord

__all__ = ["Category", "Misspelling", "Price", "Product", "ProductPicture", "ProductWord"]
