"""Tables of what the seller offers."""

from claimdesk.catalog.models.price import Price
from claimdesk.catalog.models.product import Category, Product, ProductPicture

__all__ = ["Category", "Price", "Product", "ProductPicture"]
