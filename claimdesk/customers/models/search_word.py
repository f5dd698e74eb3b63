"""The words by which customers and contacts are found."""

from django.db import models


class SearchWord(models.Model):
    """A folded word of a customer or a contact; found by its beginning (see `customers.search`)."""

    class Kind(models.TextChoices):
        CUSTOMER = "customer"
        CONTACT = "contact"

    kind = models.CharField(max_length=10, choices=Kind)
    row_id = models.BigIntegerField()
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "row_id", "word"], name="search_word_once")]
        indexes = [
            models.Index(
                fields=["kind", "word", "row_id"],
                name="search_word_word",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops", "int8_ops"],
            ),
        ]

    def __str__(self) -> str:
        return self.word
