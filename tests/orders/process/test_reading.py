"""A process file is read whole, or each fault is named with its line."""

from datetime import timedelta

import pytest

from claimdesk.orders.process.durations import parse_duration
from claimdesk.orders.process.problems import NotAProcess
from claimdesk.orders.process.reading import read_process
from claimdesk.orders.process.toml_lines import lines_of

SMALL = """\
name = "small"
start = "new"
happy_path = ["new", "done"]

[state.new]
label = { en = "New", de = "Neu" }
customer_label.en = "Received"

[state.done]
label = "Done"
flags = ["final"]

[event.finish]
kind = "manual"
label = "Finish"
by = ["staff", "customer"]

[event.expire]
kind = "timeout"
after = "36 hours"
label = "Expire"

[[transition]]
event = "finish"
from = ["new"]
to = "done"

[[transition]]
event = "expire"
from = "new"
to = "done"
if = "paid"
"""


def problem_of(text: str) -> tuple[int, str]:
    with pytest.raises(NotAProcess) as refusal:
        read_process(text)
    first = refusal.value.problems[0]
    return first.line, first.code


def test_a_file_is_read_whole():  # O9
    process = read_process(SMALL)

    assert process.happy_path == ("new", "done")
    assert process.states["new"].labels == {"en": "New", "de": "Neu"}
    assert process.states["new"].customer_labels == {"en": "Received"}
    assert process.states["done"].is_final
    assert process.events["finish"].by == {"staff", "customer"}
    assert process.events["expire"].after == timedelta(hours=36)
    assert [(one.source, one.target, one.guard) for one in process.transitions] == [
        ("new", "done", ""),
        ("new", "done", "paid"),
    ]


def test_each_part_knows_its_line():  # O10
    process = read_process(SMALL)

    assert (process.states["done"].line, process.events["expire"].line) == (9, 18)
    assert [one.line for one in process.transitions] == [23, 28]


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ('start = "new"', "start = ", 2, "not_toml"),
        ('start = "new"', "", 1, "missing"),
        ('start = "new"', "start = 7", 2, "wrong_shape"),
        ('label = "Done"', "", 9, "no_label"),
        ('label = "Done"', 'label = { de = "Fertig" }', 10, "no_label"),
        ('label = "Done"', 'label = { en = "  " }', 10, "no_label"),
        ('flags = ["final"]', 'flags = "final"', 11, "wrong_shape"),
        ('flags = ["final"]', 'flag = ["final"]', 11, "unknown_key"),
        ('kind = "manual"', 'kind = "magic"', 14, "unknown_kind"),
        ('kind = "manual"', "", 13, "missing"),
        ('by = ["staff", "customer"]', 'by = ["dog"]', 16, "unknown_person"),
        ('after = "36 hours"', 'after = "soon"', 20, "no_duration"),
        ('after = "36 hours"', 'after = "0 days"', 20, "no_duration"),
        ('from = ["new"]', "", 23, "missing"),
        ('from = ["new"]', "from = []", 25, "missing"),
        ("[state.done]", '[state."Not Good"]', 9, "wrong_name"),
        ("[[transition]]\nevent = \"finish\"\nfrom = [\"new\"]\nto = \"done\"\n", "", 23, ""),
    ],
)  # fmt: skip
def test_a_fault_of_shape_is_named_with_its_line(old: str, new: str, line: int, code: str):  # O10
    text = SMALL.replace(old, new, 1)

    if code:
        assert problem_of(text) == (line, code)
    else:
        assert len(read_process(text).transitions) == 1


def test_all_faults_are_told_at_once():  # O10
    text = SMALL.replace('kind = "manual"', 'kind = "magic"').replace('label = "Done"', "")

    with pytest.raises(NotAProcess) as refusal:
        read_process(text)

    assert [problem.code for problem in refusal.value.problems] == ["no_label", "unknown_kind"]


@pytest.mark.parametrize(
    "text",
    ["", "state = 7", "state = []", "[state]\nnew = 3", "transition = 1", "[transition]\nfrom = 'a'", "\x00", "é" * 300_000],
)  # fmt: skip
def test_nonsense_is_refused_and_not_fallen_over(text: str):  # O10
    with pytest.raises(NotAProcess) as refusal:
        read_process(text)

    assert all(problem.line >= 1 and problem.message for problem in refusal.value.problems)


def test_lines_are_found_past_long_texts_lists_and_comments():
    text = 'a = """\n[no]\nb = 1\n"""\nlist = [\n  "x", # ]\n  "[y]",\n]\n[t.u] # here\n"k" = { q = 1 }\n[[v]]\n[[v]]\nw = 2\n'

    found = lines_of(text)

    assert found == {
        ("a",): 1, ("list",): 5, ("t", "u"): 9, ("t", "u", "k"): 10, ("v", 0): 11, ("v", 1): 12, ("v", 1, "w"): 13,
    }  # fmt: skip


def test_line_ends_of_other_systems_do_not_move_lines():
    process = read_process(SMALL.replace("\n", "\r\n"))

    assert process.states["done"].line == 9


def test_spans_of_time_are_read():
    assert parse_duration(" 1 day ") == timedelta(days=1)
    assert parse_duration("90 minutes") == timedelta(minutes=90)
    for wrong in ("", "1", "days", "-1 days", "1 week", "999999 days", "1.5 days"):
        with pytest.raises(ValueError, match=r"time|between"):
            parse_duration(wrong)
