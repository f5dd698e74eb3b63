"""Other processes that do one thing with much. This module needs no Django: it is the first that they import."""

import gc
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from threading import Thread
from typing import Any

import django

_deed: Callable[[Any], Any]


@contextmanager
def other_processes(
    number: int, make_deed: Callable[[], Callable[[Any], Any]]
) -> Iterator[Callable[[Any], Future[Any]]]:
    """Give what has its argument done by one of `number` other processes; they start when the first one comes.

    Takes: `make_deed`, picklable, called once in each of them after Django is set up; it returns what is to be done.
    """
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(number, context, initializer=_begin, initargs=(pickle.dumps(make_deed),))
    with executor:
        yield lambda argument: executor.submit(_do, argument)


def _begin(pickled: bytes) -> None:
    """Begin as another process. Rows hold no circles, so the collector of circles would search in vain."""
    global _deed
    Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    gc.disable()
    _deed = pickle.loads(pickled)()  # noqa: S301 - our own parent's


def _end_with_parent() -> None:
    """End when the parent is killed: it closes nothing then, and they would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _do(argument: Any) -> Any:
    return _deed(argument)
