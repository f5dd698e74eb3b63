"""Cells of the office's lists, for pages that show the same thing elsewhere."""

from django import template

from claimdesk.office.cells.account_claims import match_cell

register = template.Library()
register.filter("match", match_cell)
