"""What a deed is refused for."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from claimdesk.kernel.refused import Refused


def refused(deed: Callable[..., Any], *args: Any, **more: Any) -> str:
    """Return the code with which a deed is refused."""
    with pytest.raises(Refused) as refusal:
        deed(*args, **more)
    return refusal.value.code


def refusals(results: Iterable[Any]) -> Counter[str]:
    """Return the codes with which rivals were refused; anything else that went wrong fails the test."""
    results = list(results)
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return Counter(one.code for one in results if isinstance(one, Refused))
