"""The list page, declared once: rows, columns, filters, search, sort, bulk, export; one function answers it.

Doors declare a `ListPage` and call `render_list`; docs/pages.md shows how.
"""

from claimdesk.web.lists.answer import render_list
from claimdesk.web.lists.chosen import chosen_rows
from claimdesk.web.lists.page import BulkAction, Column, Empty, ListPage, Preset

__all__ = ["BulkAction", "Column", "Empty", "ListPage", "Preset", "chosen_rows", "render_list"]
