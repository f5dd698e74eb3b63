"""Events of products, categories and prices, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.catalog.wording import FIELDS, WHOSE
from claimdesk.ledger.event_types import event


@event("product.created", _("{actor} made the product {number}, {name}"))
class ProductCreated:
    number: str
    name: str


@event("product.changed", _("{actor} changed the product {number}: {fields}"), words={"fields": FIELDS})
class ProductChanged:
    number: str
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event("product.withdrawn", _("{actor} withdrew the product {number}"))
class ProductWithdrawn:
    number: str


@event("product.restored", _("{actor} put the product {number} on sale again"))
class ProductRestored:
    number: str


@event("category.created", _("{actor} made the category {name}"))
class CategoryCreated:
    name: str


@event("category.changed", _("{actor} changed the category {name}: {fields}"), words={"fields": FIELDS})
class CategoryChanged:
    name: str
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event("category.removed", _("{actor} removed the category {name}"))
class CategoryRemoved:
    name: str


@event(
    "price.added",
    _("{actor} added a price of {number}: {price}, {whose}, from {quantity_from}"),
    words={"whose": WHOSE},
)
class PriceAdded:
    price_id: int
    number: str
    price: str
    whose: str
    quantity_from: str
    starts_on: str
    ends_on: str


@event(
    "price.changed",
    _("{actor} changed a price of {number}, {whose}: {fields}"),
    words={"whose": WHOSE, "fields": FIELDS},
)
class PriceChanged:
    price_id: int
    number: str
    whose: str
    fields: str
    before: dict[str, object]
    after: dict[str, object]


@event(
    "price.removed",
    _("{actor} removed a price of {number}: {price}, {whose}, from {quantity_from}"),
    words={"whose": WHOSE},
)
class PriceRemoved:
    price_id: int
    number: str
    price: str
    whose: str
    quantity_from: str


@event("price.adjusted", _("{actor} changed {prices} prices by {percent} %"))
class PricesAdjusted:
    prices: int
    percent: str
    starts_on: str


@event("product_picture.added", _("{actor} added a picture of {number}"))
class ProductPictureAdded:
    number: str


@event("product_picture.removed", _("{actor} removed a picture of {number}"))
class ProductPictureRemoved:
    number: str
