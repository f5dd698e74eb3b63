"""Files in pages: the field that takes several, the panel of a subject's files, the views that send them.

Both doors use them: `urls_behind(gate)` gives a door its addresses.
"""
