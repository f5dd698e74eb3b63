"""Where the boxes of a diagram stand: a layered drawing from top to bottom.

Source: Sugiyama, Tagawa, Toda, "Methods for Visual Understanding of Hierarchical System Structures", IEEE Transactions
on Systems, Man, and Cybernetics 11 (1981): ranks, few crossings by barycentres, then places.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

SWEEPS = 12
Node = Hashable
Edge = tuple[Node, Node]


@dataclass(slots=True)
class Layout:
    """Centres of nodes in pixels, and for each edge the centres that it passes, its ends included."""

    centres: dict[Node, tuple[float, float]] = field(default_factory=dict)
    routes: dict[Edge, list[tuple[float, float]]] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class _Bend:
    """A place where a long edge passes a rank."""

    edge: Edge
    rank: int


def lay_out(
    sizes: Mapping[Node, tuple[float, float]],
    edges: Sequence[Edge],
    spine: Sequence[Node],
    *,
    gap: float = 24.0,
    rank_gap: float = 26.0,
) -> Layout:
    """Place nodes of `sizes` (width, height in pixels), the `spine` straight down, so that few edges cross.

    Nodes are taken in their order where nothing else decides: the same input gives the same drawing.
    """
    ranks = _ranks(list(sizes), edges, spine)
    chains = {edge: _chain(edge, ranks) for edge in edges}
    layers = _layers(list(sizes), ranks, chains)
    steps = [step for chain in chains.values() for step in pairwise(chain)]
    layers = _ordered(layers, steps, set(spine))
    widths = {node: sizes[node][0] if node in sizes else 8.0 for layer in layers for node in layer}
    across = _across(layers, steps, widths, set(spine), gap)
    return _drawn(layers, across, widths, sizes, chains, rank_gap)


def _ranks(nodes: list[Node], edges: Sequence[Edge], spine: Sequence[Node]) -> dict[Node, int]:
    """Give each node a rank below all that lead to it, leaving out the edges that close a circle."""
    following: dict[Node, list[Node]] = defaultdict(list)
    on_spine = set(pairwise(spine))
    for source, target in sorted(edges, key=lambda edge: edge not in on_spine):
        following[source].append(target)
    forward = _without_circles(nodes, following)
    ranks = dict.fromkeys(nodes, 0)
    for _ in nodes:
        changed = False
        for source, target in forward:
            if ranks[target] <= ranks[source]:
                ranks[target], changed = ranks[source] + 1, True
        if not changed:
            break
    return ranks


def _without_circles(nodes: list[Node], following: Mapping[Node, list[Node]]) -> list[Edge]:
    forward: list[Edge] = []
    done: set[Node] = set()
    above: set[Node] = set()

    for begin in nodes:
        if begin in done:
            continue
        path = [(begin, iter(following.get(begin, ())))]
        above.add(begin)
        while path:
            node, rest = path[-1]
            target = next(rest, None)
            if target is None:
                path.pop()
                above.discard(node)
                done.add(node)
            elif target not in above:
                forward.append((node, target))
                if target not in done:
                    above.add(target)
                    path.append((target, iter(following.get(target, ()))))
    return forward


def _chain(edge: Edge, ranks: Mapping[Node, int]) -> list[Node]:
    """Return the nodes of an edge: its ends, and a bend in every rank between."""
    source, target = edge
    step = 1 if ranks[target] >= ranks[source] else -1
    bends = [_Bend(edge, rank) for rank in range(ranks[source] + step, ranks[target], step)]
    return [source, *bends, target]


def _layers(
    nodes: list[Node], ranks: Mapping[Node, int], chains: Mapping[Edge, list[Node]]
) -> list[list[Node]]:
    layers: list[list[Node]] = [[] for _ in range(max(ranks.values(), default=0) + 1)]
    for node in nodes:
        layers[ranks[node]].append(node)
    for chain in chains.values():
        for bend in chain:
            if isinstance(bend, _Bend):
                layers[bend.rank].append(bend)
    return layers


def _ordered(layers: list[list[Node]], steps: list[Edge], spine: set[Node]) -> list[list[Node]]:
    """Sort each layer by the mean place of its neighbours, up and down, and keep the order with fewest crossings."""
    neighbours = _neighbours(steps)
    rank_of = {node: rank for rank, layer in enumerate(layers) for node in layer}
    layers = [sorted(layer, key=lambda node: node not in spine) for layer in layers]
    best, fewest = layers, _crossings(layers, steps, rank_of)
    for sweep in range(SWEEPS):
        layers = [list(layer) for layer in layers]
        order = range(len(layers)) if sweep % 2 == 0 else range(len(layers) - 1, -1, -1)
        before = -1 if sweep % 2 == 0 else 1
        for rank in order:
            if not 0 <= rank + before < len(layers):
                continue
            place = {node: index for index, node in enumerate(layers[rank + before])}
            own = {node: index for index, node in enumerate(layers[rank])}

            def weight(
                node: Node, place: dict[Node, int] = place, own: dict[Node, int] = own
            ) -> tuple[bool, float]:
                near = [place[other] for other in neighbours[node] if other in place]
                return node not in spine, sum(near) / len(near) if near else float(own[node])

            layers[rank].sort(key=weight)
        crossings = _crossings(layers, steps, rank_of)
        if crossings < fewest:
            best, fewest = layers, crossings
    return best


def _neighbours(steps: list[Edge]) -> dict[Node, list[Node]]:
    neighbours: dict[Node, list[Node]] = defaultdict(list)
    for one, other in steps:
        neighbours[one].append(other)
        neighbours[other].append(one)
    return neighbours


def _crossings(layers: list[list[Node]], steps: list[Edge], rank_of: Mapping[Node, int]) -> int:
    place = {node: index for layer in layers for index, node in enumerate(layer)}
    between: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one, other in steps:
        upper, lower = sorted((one, other), key=lambda node: rank_of[node])
        between[rank_of[upper]].append((place[upper], place[lower]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for pairs in between.values()
        for index, a in enumerate(pairs)
        for b in pairs[index + 1 :]
    )


def _across(
    layers: list[list[Node]], steps: list[Edge], widths: Mapping[Node, float], spine: set[Node], gap: float
) -> dict[Node, float]:
    """Return each node's x: near the mean of its neighbours, no closer to the next than `gap`; the spine at 0."""
    neighbours = _neighbours(steps)
    x: dict[Node, float] = {}
    for layer in layers:
        at = 0.0
        for node in layer:
            x[node] = 0.0 if node in spine else at + widths[node] / 2
            at = x[node] + widths[node] / 2 + gap
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            wanted = {
                node: 0.0
                if node in spine
                else sum(x[other] for other in neighbours[node]) / len(neighbours[node])
                if neighbours[node]
                else x[node]
                for node in layer
            }
            at = float("-inf")
            for node in layer:
                x[node] = max(wanted[node], at + widths[node] / 2)
                at = x[node] + widths[node] / 2 + gap
    return x


def _drawn(
    layers: list[list[Node]],
    across: Mapping[Node, float],
    widths: Mapping[Node, float],
    sizes: Mapping[Node, tuple[float, float]],
    chains: Mapping[Edge, list[Node]],
    rank_gap: float,
) -> Layout:
    left = min((across[node] - widths[node] / 2 for layer in layers for node in layer), default=0.0)
    layout, top = Layout(), 0.0
    places: dict[Node, tuple[float, float]] = {}
    for layer in layers:
        height = max((sizes[node][1] for node in layer if node in sizes), default=8.0)
        for node in layer:
            places[node] = across[node] - left, top + height / 2
            layout.width = max(layout.width, across[node] - left + widths[node] / 2)
        top += height + rank_gap
    layout.height = max(top - rank_gap, 0.0)
    layout.centres = {node: places[node] for node in sizes}
    layout.routes = {edge: [places[node] for node in chain] for edge, chain in chains.items()}
    return layout
