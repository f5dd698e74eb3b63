"""Pictures of products, as far as the actor may see the product."""

from django.db.models import OuterRef, QuerySet, Subquery

from claimdesk.catalog.models import Product, ProductPicture
from claimdesk.catalog.queries.products import products
from claimdesk.kernel.actor import Actor


def pictures(actor: Actor) -> QuerySet[ProductPicture]:
    """Return the pictures of products that `actor` may see."""
    return ProductPicture.objects.filter(product__in=products(actor))


def with_first_picture(rows: QuerySet[Product]) -> QuerySet[Product]:
    """Return the products with `picture_id`, the key of the picture that stands for each, or None."""
    first = ProductPicture.objects.filter(product=OuterRef("pk")).order_by("position", "pk")
    return rows.annotate(picture_id=Subquery(first.values("pk")[:1]))
