"""Does a process make sense? Every fault is named, with its line (O10)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.orders.process.definition import (
    AUTOMATIC,
    CANCELED,
    FLAGS,
    MANUAL,
    TIMEOUT,
    Process,
    Transition,
)
from claimdesk.orders.process.problems import Problem
from claimdesk.orders.process.vocabulary import Vocabulary

MOST_STATES = 100
UNKNOWN = {
    "state": gettext_lazy("there is no state %(name)s; %(advice)s"),
    "event": gettext_lazy("there is no event %(name)s; %(advice)s"),
    "flag": gettext_lazy("there is no flag %(name)s; %(advice)s"),
    "command": gettext_lazy("there is no command %(name)s; %(advice)s"),
    "guard": gettext_lazy("there is no guard %(name)s; %(advice)s"),
}


def problems_of(process: Process, vocabulary: Vocabulary | None = None) -> list[Problem]:
    """Return what is wrong with `process`, in the order of its lines; nothing where it may be used."""
    unknown = [*_unknown_names(process), *_unknown_words(process, vocabulary or Vocabulary())]
    if unknown:  # what follows walks the graph, and would complain of the same names again
        return sorted(unknown)
    checks = (_states, _canceled, _events, _ends, _ambiguous, _automatic_cycles, _happy_path)
    return sorted(problem for check in checks for problem in check(process))


def _unknown_names(process: Process) -> Iterator[Problem]:
    if process.start not in process.states:
        yield _unknown(process.lines["start"], "state", process.start, process.states)
    for name in process.happy_path:
        if name not in process.states:
            yield _unknown(process.lines["happy_path"], "state", name, process.states)
    for transition in process.transitions:
        for name in dict.fromkeys((transition.source, transition.target)):
            if name not in process.states:
                yield _unknown(transition.line, "state", name, process.states)
        if transition.event not in process.events:
            yield _unknown(transition.line, "event", transition.event, process.events)


def _unknown_words(process: Process, vocabulary: Vocabulary) -> Iterator[Problem]:
    for state in process.states.values():
        for flag in sorted(state.flags - FLAGS.keys()):
            yield _unknown(state.line, "flag", flag, FLAGS)
    for event in process.events.values():
        if event.command and event.command not in vocabulary.commands:
            yield _unknown(event.line, "command", event.command, vocabulary.commands)
    for line, guard in {(one.line, one.guard) for one in process.transitions if one.guard}:
        if guard not in vocabulary.guards:
            yield _unknown(line, "guard", guard, vocabulary.guards)


def _unknown(line: int, kind: str, name: str, known: Iterable[str]) -> Problem:
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        advice = _("did you mean %(name)s?") % {"name": repr(close[0])}
    else:
        advice = _("known: %(known)s") % {"known": ", ".join(names) or _("none")}
    return Problem(line, f"unknown_{kind}", UNKNOWN[kind] % {"name": repr(name), "advice": advice})


def _states(process: Process) -> Iterator[Problem]:
    if len(process.states) > MOST_STATES:
        words = _("more than %(most)s states") % {"most": MOST_STATES}
        yield Problem(process.lines["name"], "too_many", words)
    reached = _reach({process.start}, _targets(process))
    for state in process.states.values():
        if state.name not in reached:
            words = _("state %(state)s is never reached from %(start)s")
            names = {"state": repr(state.name), "start": repr(process.start)}
            yield Problem(state.line, "unreachable", words % names)
        if state.is_final and process.leaving[state.name]:
            line = process.leaving[state.name][0].line
            words = _("state %(state)s is final, but this leads out of it")
            yield Problem(line, "leaves_final", words % {"state": repr(state.name)})


def _canceled(process: Process) -> Iterator[Problem]:
    """What is canceled is free to be ordered and paid otherwise: nothing brings it back."""
    for one in process.transitions:
        before, after = process.states[one.source], process.states[one.target]
        if CANCELED in before.flags and CANCELED not in after.flags:
            words = _("state %(source)s is “canceled”, but this leads to %(target)s, which is not")
            yield Problem(one.line, "leaves_canceled", words % _ends_of(one))


def _events(process: Process) -> Iterator[Problem]:
    used = {transition.event for transition in process.transitions}
    for event in process.events.values():
        named = {"event": repr(event.name)}
        if event.name not in used:
            yield Problem(event.line, "unused_event", _("event %(event)s stands in no transition") % named)
        if event.kind == TIMEOUT and event.after is None:
            words = _("timeout %(event)s needs “after”, as in “14 days”")
            yield Problem(event.line, "no_duration", words % named)
        if event.kind != TIMEOUT and event.after is not None:
            words = _("event %(event)s is no timeout, but has “after”")
            yield Problem(event.line, "no_timeout", words % named)
        if event.kind != MANUAL and event.by:
            words = _("event %(event)s happens by itself, but has “by”")
            yield Problem(event.line, "not_manual", words % named)


def _ends(process: Process) -> Iterator[Problem]:
    """Dead ends: states that are not final and lead nowhere, or only round and round."""
    finals = {state.name for state in process.states.values() if state.is_final}
    if not finals:
        yield Problem(process.lines["start"], "no_end", _("no state has the flag “final”"))
        return
    sources: dict[str, set[str]] = defaultdict(set)
    for transition in process.transitions:
        sources[transition.target].add(transition.source)
    ending = _reach(finals, sources)
    for state in process.states.values():
        if not process.leaving[state.name] and not state.is_final:
            words = _("state %(state)s is a dead end: nothing leads out of it, and it is not “final”")
            yield Problem(state.line, "dead_end", words % {"state": repr(state.name)})
        elif state.name not in ending:
            words = _("state %(state)s is a dead end: no way from it leads to a final state")
            yield Problem(state.line, "dead_end", words % {"state": repr(state.name)})


def _ambiguous(process: Process) -> Iterator[Problem]:
    """Two transitions of which nobody can tell which is meant.

    Those of one state and one manual event compete; so do all automatic ones of a state, and all its timeouts of
    one span.
    """
    groups: dict[tuple[object, ...], list[Transition]] = defaultdict(list)
    for one in process.transitions:
        event = process.events[one.event]
        rival = {MANUAL: event.name, AUTOMATIC: "", TIMEOUT: event.after}[event.kind]
        groups[one.source, event.kind, rival].append(one)
    for transitions in groups.values():
        first: dict[str, Transition] = {}
        for one in transitions:
            if "" in first:
                words = _("never used: line %(line)s leads out of %(state)s before, without “if”")
                named = {"line": first[""].line, "state": repr(one.source)}
                yield Problem(one.line, "ambiguous", words % named)
            elif one.guard in first:
                words = _("ambiguous: line %(line)s leads out of %(state)s under the same “if”")
                named = {"line": first[one.guard].line, "state": repr(one.source)}
                yield Problem(one.line, "ambiguous", words % named)
            first.setdefault(one.guard, one)


def _automatic_cycles(process: Process) -> Iterator[Problem]:
    targets: dict[str, set[str]] = defaultdict(set)
    automatic = [one for one in process.transitions if process.events[one.event].kind == AUTOMATIC]
    for one in automatic:
        targets[one.source].add(one.target)
    for one in automatic:
        if one.source in _reach({one.target}, targets):
            words = _("a cycle of automatic events runs through %(source)s and %(target)s and may never end")
            yield Problem(one.line, "automatic_cycle", words % _ends_of(one))


def _happy_path(process: Process) -> Iterator[Problem]:
    line = process.lines["happy_path"]
    if not process.happy_path:
        words = _("happy_path is missing: the states of an order that goes well")
        yield Problem(line, "no_happy_path", words)
        return
    if process.happy_path[0] != process.start:
        words = _("happy_path must begin with %(state)s")
        yield Problem(line, "happy_path", words % {"state": repr(process.start)})
    if not process.states[process.happy_path[-1]].is_final:
        words = _("happy_path must end in a final state, not %(state)s")
        yield Problem(line, "happy_path", words % {"state": repr(process.happy_path[-1])})
    steps = {(one.source, one.target) for one in process.transitions}
    for source, target in pairwise(process.happy_path):
        if (source, target) not in steps:
            words = _("happy_path: no transition leads from %(source)s to %(target)s")
            yield Problem(line, "happy_path", words % {"source": repr(source), "target": repr(target)})


def _ends_of(transition: Transition) -> dict[str, str]:
    return {"source": repr(transition.source), "target": repr(transition.target)}


def _targets(process: Process) -> Mapping[str, set[str]]:
    return {name: {one.target for one in leaving} for name, leaving in process.leaving.items()}


def _reach(begin: set[str], following: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = set(begin), list(begin)
    while waiting:
        for name in following.get(waiting.pop(), ()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached
