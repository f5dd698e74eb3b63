"""`claimdesk check`: what a careful administrator would look at, one small function a subject.

The command comes in through `findings()`.
"""
