"""The index of the matcher, and how common words are in this register. `customers.matching` alone reads and writes it."""

from typing import Any

from django.db import models

from claimdesk.customers.models.customer import Customer


class Keys(models.Field):
    """Hashed keys in the form that the database's index reads: an array, or words of a text."""

    def db_type(self, connection: Any) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "text"


class MatchEntry(models.Model):
    """The keys under which a customer is filed; the database's index over them follows every change of this row."""

    customer = models.OneToOneField(Customer, primary_key=True, on_delete=models.CASCADE, related_name="+")
    keys = Keys()

    def __str__(self) -> str:
        return f"{self.customer_id}"


class MatchRarity(models.Model):
    """How many customers bear a hashed key, for those that are common.

    The keys 0 to 2 are no keys: they count all customers, say how often was counted, and by which version of the
    rules everybody is filed.
    """

    ALL_CUSTOMERS, TIMES_COUNTED, VERSION = range(3)

    key = models.IntegerField(primary_key=True)
    customers = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.customers}"
