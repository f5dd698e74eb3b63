"""The door through which mail goes out: one file per noun turns events into stored mail; no rules.

The worker comes in, through config/reactions.py.
"""
