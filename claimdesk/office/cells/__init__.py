"""How the office's lists show what is more than a word: cells as safe HTML, one file a noun.

Lists name them; a page that shows the same thing outside of a list calls them, too.
"""
