"""Who of many that share as much with the newcomer is worth a full comparison."""

from claimdesk.customers.matching.shortlist import LETTERS, LOOKED_AT, shortlist

TARFER = "Tarfer SARL"


def names_of(names):
    """Return what gives the folded names of entries."""
    return lambda entries: [(entry, name) for entry in entries for name in names[entry]]


def test_of_those_who_share_as_much_the_most_alike_are_compared():  # A30
    names = {entry: [f"tar{entry:03d}x sarl"] for entry in range(100)} | {70: ["tarier sarl"]}

    found = shortlist(TARFER, [(entry, 4.0) for entry in range(100)], names_of(names), 10)

    assert found[0] == 70
    assert len(found) == 10


def test_the_order_of_words_does_not_keep_anybody_from_being_compared():  # A30
    names = {1: ["seimuller stahl gmbh"], 2: ["stahl seimuler gmbh"]}

    found = shortlist("Seimuler Stahl GmbH", [(1, 4.0), (2, 4.0)], names_of(names), 1)

    assert found == [2]


def test_an_earlier_name_counts_like_the_present_one():  # A74
    names = {1: ["tarnos sarl"], 2: ["wholly other ag", "tarier sarl"]}

    found = shortlist(TARFER, [(1, 4.0), (2, 4.0)], names_of(names), 1)

    assert found == [2]


def test_who_shares_much_is_compared_whatever_his_name():  # A30
    names = {1: ["tarier sarl"], 2: ["шапка"]}

    found = shortlist(TARFER, [(2, LETTERS + 5), (1, 4.0)], names_of(names), 1)

    assert found == [2]


def test_names_are_read_of_so_many_and_of_none_where_there_is_no_choice():  # A30
    asked = []

    def note(entries):
        asked.append(len(entries))
        return []

    shortlist(TARFER, [(1, 4.0)], note, 10)
    shortlist(TARFER, [(entry, 4.0) for entry in range(5_000)], note, 10)

    assert asked == [LOOKED_AT]


def test_nobody_elected_is_nobody_compared():  # A30
    assert shortlist(TARFER, [], names_of({}), 10) == []
