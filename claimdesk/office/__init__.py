"""The door for staff: one file per noun with its addresses, forms and templates; no rules.

It calls queries and actions of the rooms below.
"""
