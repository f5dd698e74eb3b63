"""What a person has chosen and not yet ordered; it outlives the session."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from claimdesk.catalog.models import Product
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.orders.models.line import NOTHING


class Cart(models.Model):
    """A person's cart at one customer, with what the order will need besides."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="carts")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    po_number = models.CharField(max_length=60, blank=True)
    ship_to = models.ForeignKey(Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    wished_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "customer"], name="cart_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.customer_id}"


class CartLine(models.Model):
    """A product in a cart; `seen_unit_price` for `seen_per` units is the price that the person saw last."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines", db_index=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    quantity = QuantityField()
    seen_unit_price = models.BigIntegerField(null=True, blank=True)
    seen_per = models.PositiveIntegerField(default=1)
    seen_discount = models.PositiveIntegerField(default=0)
    seen_currency = models.CharField(max_length=3, blank=True)
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "product"], name="cart_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=NOTHING), name="cart_line_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.cart_id}: {self.quantity} of {self.product_id}"
