"""Finding products by any part of their words, with typing errors: number, name, description, EAN.

`refile(ids)` keeps the words, `find_products` looks them up. Both databases do it alike.
"""

from claimdesk.catalog.search.find import find_products
from claimdesk.catalog.search.index import refile

__all__ = ["find_products", "refile"]
