"""The demo world's catalogue: products, their prices and their pictures; deterministic for a seed."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from claimdesk.catalog.models import Product, ProductPicture
from claimdesk.catalog.pictures import SMALL
from claimdesk.config.demo.goods import MAKES, SHELVES, Shelf
from claimdesk.config.demo.register import Firm
from claimdesk.kernel.pictures import as_jpeg, as_webp, within

TAX_RATE = 1900
GROUP_DISCOUNTS = {"A": 12, "B": 7}
PRODUCT_HEADER = (
    "number", "name", "description", "category", "unit", "quantity_step", "quantity_minimum", "tax_rate", "stock",
    "withdrawn",
)  # fmt: skip
PRICE_HEADER = ("product", "amount", "currency", "per", "customer", "price_group", "quantity_from")
SIDE = 400
SHARED_FOLDER = "products"


@dataclass(frozen=True, slots=True)
class Article:
    """One product of the catalogue, its list price in cents for as many as its shelf says."""

    number: str
    name: str
    make: str
    shelf: Shelf
    cents: int
    is_withdrawn: bool


def articles(seed: int) -> list[Article]:
    """Return the 300 articles."""
    random = Random(f"articles/{seed}")
    found = []
    for shelf in SHELVES:
        for row, make in enumerate(MAKES):
            for column, size in enumerate(shelf.sizes):
                cents = round(shelf.cents * (1 + 0.45 * column) * random.uniform(0.85, 1.25))
                number = f"{shelf.code}-{row + 1}{column + 1:02d}"
                name = f"{make} {shelf.noun.lower()} {size}"
                found.append(Article(number, name, make, shelf, cents, random.random() < 0.03))
    return found


def product_rows(goods: list[Article], seed: int) -> Iterator[list[str]]:
    """Yield the articles in the columns of PRODUCT_HEADER."""
    random = Random(f"stock/{seed}")
    for article in goods:
        shelf = article.shelf
        stock = random.choices(("in_stock", "few", "on_order", "out"), (80, 10, 7, 3))[0]
        yield [
            article.number, article.name, shelf.words, shelf.path, shelf.unit, str(shelf.step), str(shelf.step),
            str(TAX_RATE / 100), stock, "yes" if article.is_withdrawn else "no",
        ]  # fmt: skip


def price_rows(goods: list[Article], firms: list[Firm], seed: int) -> Iterator[list[str]]:
    """Yield list prices, those of groups, breaks, and what some firms have agreed on, in the columns of PRICE_HEADER."""
    random = Random(f"prices/{seed}")
    for article in goods:
        yield _price(article, article.cents)
        for group, percent in GROUP_DISCOUNTS.items():
            yield _price(article, less(article.cents, percent), group=group)
        if random.random() < 0.5:
            yield _price(article, less(article.cents, 5), start=10 * article.shelf.step)
            yield _price(article, less(article.cents, 10), start=50 * article.shelf.step)
    for firm in firms:
        for article in random.sample(goods, 4):
            yield _price(article, less(article.cents, random.choice((15, 18, 20))), customer=firm.number)


def less(cents: int, percent: int) -> int:
    """Return a price with so much off."""
    return round(cents * (100 - percent) / 100)


def _price(article: Article, cents: int, *, customer: str = "", group: str = "", start: int = 0) -> list[str]:
    amount = f"{cents / 100:.2f}"
    return [article.number, amount, "EUR", str(article.shelf.per), customer, group, str(start)]


def draw_pictures(goods: list[Article]) -> None:
    """Give every product a simple picture."""
    keys = dict(Product.objects.values_list("number", "pk"))
    rows = []
    for article in goods:
        picture = _drawn(article)
        large, small = as_jpeg(picture), as_webp(within(picture, SMALL))
        name = secrets.token_hex(16)
        rows.append(
            ProductPicture(
                product_id=keys[article.number],
                file=_keep(large, f"{SHARED_FOLDER}/{name}.jpg"),
                thumbnail=_keep(small, f"{SHARED_FOLDER}/thumbnails/{name}.webp"),
                description=article.name,
                digest=hashlib.sha256(large).hexdigest(),
            )
        )
    ProductPicture.objects.bulk_create(rows, batch_size=200)


def _keep(content: bytes, name: str) -> str:
    return default_storage.save(name, ContentFile(content))


def _drawn(article: Article) -> Image.Image:
    """Draw a thing in the shelf's colour: a body and a part whose size tells the article's, and its make."""
    picture = Image.new("RGB", (SIDE, SIDE), "#f4f4f2")
    pen = ImageDraw.Draw(picture)
    grows = 12 * int(article.number[-2:])
    pen.rounded_rectangle((90, 130, 230 + grows, 250), radius=28, fill=article.shelf.colour)
    pen.rounded_rectangle((110, 235, 175, 330), radius=18, fill=article.shelf.colour)
    pen.ellipse((205 + grows, 150, 275 + grows, 230), fill="#343a40")
    pen.text((100, 165), article.make, fill="#ffffff", font=_font(30))
    pen.text((20, 355), article.number, fill="#343a40", font=_font(24))
    return picture


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)
