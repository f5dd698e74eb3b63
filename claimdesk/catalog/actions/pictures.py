"""Add and remove pictures of products."""

import hashlib
import secrets
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claimdesk.catalog.events import ProductPictureAdded, ProductPictureRemoved
from claimdesk.catalog.models import Product, ProductPicture
from claimdesk.catalog.permissions import EDIT_PRODUCTS
from claimdesk.catalog.pictures import MOST_PICTURES, DrawnPicture
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record


@transaction.atomic
def add_picture(
    product: Product, *, picture: DrawnPicture, description: str = "", by: Actor
) -> ProductPicture:
    """Add a picture behind the others; the first one stands for the product in lists.

    Takes: `picture`, as `catalog.pictures.draw_picture` made it.
    Refuses: `picture_exists`, `too_many_pictures`.
    Records: ProductPictureAdded.
    """
    by.require(EDIT_PRODUCTS)
    row = Product.objects.select_for_update().get(pk=product.pk)
    if row.pictures.count() >= MOST_PICTURES:
        raise Refused("too_many_pictures", _("A product has %s pictures at most.") % MOST_PICTURES)
    last = row.pictures.aggregate(last=Max("position"))["last"]
    name = secrets.token_hex(16)
    made = ProductPicture(
        product=row,
        description=tidy(description),
        position=0 if last is None else last + 1,
        digest=hashlib.sha256(picture.large).hexdigest(),
    )
    if row.pictures.filter(digest=made.digest).exists():
        raise Refused("picture_exists", _("The product has this picture already."))
    made.file.save(f"{name}.jpg", ContentFile(picture.large), save=False)
    made.thumbnail.save(f"{name}.webp", ContentFile(picture.small), save=False)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        _delete(made.file.name, made.thumbnail.name)
        raise Refused("picture_exists", _("The product has this picture already.")) from error
    record(ProductPictureAdded(row.number), about=row, by=by)
    return made


@transaction.atomic
def remove_picture(picture: ProductPicture, *, by: Actor) -> None:
    """Remove a picture, its files once that is certain.

    Records: ProductPictureRemoved, if it was there.
    """
    by.require(EDIT_PRODUCTS)
    row = (
        ProductPicture.objects.select_for_update(of=("self",))
        .select_related("product")
        .filter(pk=picture.pk)
        .first()
    )
    if row is None:
        return
    record(ProductPictureRemoved(row.product.number), about=row.product, by=by)
    names = (row.file.name, row.thumbnail.name)
    row.delete()
    transaction.on_commit(partial(_delete, *names))


def _delete(*names: str | None) -> None:
    for name in names:
        if name:
            default_storage.delete(name)
