"""The spine that remembers: events, and the work that is due because of them.

Every action comes in through record(); the worker comes in through the courier.
"""
