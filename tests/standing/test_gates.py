from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def views(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry)
        else:
            yield entry


def test_every_page_of_ours_has_a_gate():
    without = [
        str(entry.pattern)
        for entry in views(get_resolver())
        if entry.callback.__module__.startswith("claimdesk.") and not hasattr(entry.callback, "gate")
    ]

    assert without == []
