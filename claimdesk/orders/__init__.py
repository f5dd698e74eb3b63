"""Orders: what customers order, and what becomes of each item.

`process/` holds the state machine of an item as a seller writes it; the doors and `aftersales` come in by it.
"""
