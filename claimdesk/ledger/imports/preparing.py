"""Rows prepared here or in other processes, so that both cores work."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

import django

from claimdesk.kernel.tables.mapping import Compiled
from claimdesk.ledger.imports.importer import Importer, RowRefused

Raw = tuple[int, str, str, Sequence[str]]
Outcome = tuple[dict[str, Any], Any, str]
Preparer = Callable[[], list[Outcome]]


def prepare_all(importer: Importer, compiled: Compiled, rows: list[Sequence[str]]) -> list[Outcome]:
    """Return (values, extra, "") or ({}, None, reason) for each row."""
    outcomes: list[Outcome] = []
    for cells in rows:
        try:
            cleaned, extra = importer.prepare(compiled.names, compiled.values(cells))
            outcomes.append((cleaned, extra, ""))
        except RowRefused as refusal:
            outcomes.append(({}, None, str(refusal)))
    return outcomes


@contextmanager
def inline(importer: Importer, compiled: Compiled) -> Iterator[Callable[[list[Raw]], Preparer]]:
    """Prepare in this process, when the outcome is asked for."""
    yield lambda raws: lambda: prepare_all(importer, compiled, [raw[3] for raw in raws])


@contextmanager
def pool(importer: Importer, compiled: Compiled, processes: int) -> Iterator[Callable[[list[Raw]], Preparer]]:
    """Prepare in `processes` other processes, ahead of the writing. The importer must be picklable."""
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup)
    with executor:  # it starts its processes when the first rows come: where nothing has changed, none do

        def prepare(raws: list[Raw]) -> Preparer:
            if not raws:
                return list
            return executor.submit(prepare_all, importer, compiled, [raw[3] for raw in raws]).result

        yield prepare
