"""Page furniture: layout, components, list page, exports, gates, icons, static files; no rules.

Office and portal build their pages with it.
"""
