"""What the seller offers: categories, products, and each customer's price for them.

Actions are the only writers; `queries/prices.py` is the one place that says what something costs. Orders and the
doors come in.
"""
