"""The courier does the work that is due: it expands events, claims rows, performs each alone, settles it.

The worker and tests come in through `work.py`; `record()` only nudges. Nobody else catches `Exception`.
"""
