"""The frame of the house: settings, addresses, reactions, command line, worker.

It knows every room; no room knows it.
"""
