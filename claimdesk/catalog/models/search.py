"""Words by which products are found; `catalog.search` alone reads and writes them."""

from django.db import models

from claimdesk.catalog.models.product import Product

LONGEST = 60


class ProductWord(models.Model):
    """A word of a product, or the end of one: “schraube” of “Holzschraube”, so that beginnings find the middle too."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=LONGEST)

    class Meta:
        indexes = [
            models.Index(
                fields=["word", "product"],
                name="product_word",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return self.word


class Misspelling(models.Model):
    """A word that occurs in the catalogue, and one of its letters left out: by this, words with an error meet."""

    spelling = models.CharField(max_length=LONGEST)
    word = models.CharField(max_length=LONGEST)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["spelling", "word"], name="misspelling_once")]
        indexes = [models.Index(fields=["word"], name="misspelling_word")]

    def __str__(self) -> str:
        return f"{self.spelling}: {self.word}"
