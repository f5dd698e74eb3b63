"""Papers to print, as PDF: drawn with fpdf2 and the fonts that come along (DejaVu Sans, cut to European scripts).

Doors ask `answer.py`; a paper is drawn when it is asked for and kept nowhere.
"""
