"""The e-mails that the system sends: what there is, its built-in words, the seller's own, and how it looks.

Seller's words are filled in by name and never run as a template. Rooms above render and send them.
"""
