"""Backup and restore: everything in one file, taken while the house is open.

`claimdesk backup` comes in through `write.py`, `claimdesk restore` through `restore.py`.
"""
