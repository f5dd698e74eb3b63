"""Units with serial numbers: who has them, from when they are covered, by which policy, and until when.

`coverage.py` is the calculation, without a table; `aftersales` and the doors come in.
"""
