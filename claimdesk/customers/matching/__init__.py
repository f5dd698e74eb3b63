"""Who is this newcomer? Normalise, candidates, score, explain.

One door in: `candidates.candidates(newcomer)`; registration, duplicates, imports and the command line use it. Whoever
changes a customer calls `writing.reindex` in the same transaction. `docs/matching.md` shows the whole.
"""
