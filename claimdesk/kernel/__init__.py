"""Words that every room speaks: who acts, what is refused, how a state moves, the clock, text, tokens.

No tables and no business words live here. Everybody may come in; the kernel imports no other room.
"""
