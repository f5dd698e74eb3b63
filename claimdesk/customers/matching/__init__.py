"""Who is this newcomer? Normalise, candidates, score, explain.

One door in: `candidates(newcomer)`; registration, duplicates, imports and the command line use it.
"""
