"""The demo world: a seller of tools and machines, its customers, their people and what they are up to.

The mass comes in by the importers, the stories through the actions. The same seed and day give the same world.
"""
