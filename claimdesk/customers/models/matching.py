"""The index of the matcher, and how common words are in this register. `customers.matching` alone reads and writes it."""

from django.db import models

from claimdesk.customers.models.customer import Customer


class MatchEntry(models.Model):
    """A customer's place in the index; a new one for every change of his keys.

    His hashed keys stand beside it: on PostgreSQL in a column `keys` of this table, on SQLite in the full-text table
    `customers_matchkeys` under this row's id, which is never used twice. `digest` tells whether they changed.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    digest = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.customer_id}"


class MatchRarity(models.Model):
    """How many customers bear a hashed key, for those that are common. Key 0 counts all customers."""

    key = models.IntegerField(primary_key=True)
    customers = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.customers}"
