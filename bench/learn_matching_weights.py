"""Learn the matcher's weights again: `python -m bench.learn_matching_weights [--data FOLDER]`.

A conditional logit: the candidates of one newcomer, and nobody, share one certainty. The weights that make what is
true likeliest are found by Rprop over the whole sample; facts that speak for a match may not get a weight below zero,
those against none above. The sample: two made-up registers, one whose newcomers fill in a form as they like, one whose
newcomers give name and address; and half of each labelled file in FOLDER, where there is one. The other halves, other
seeds and other makers' registers are for `bench.matching` to measure.
"""

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings_test")
django.setup()

from bench.labelled import chicago_groups, namebench_pairs  # noqa: E402
from bench.memory import MemoryIndex  # noqa: E402
from bench.registers import SHARED, World, world  # noqa: E402
from claimdesk.customers.matching.dictionaries import DATA  # noqa: E402
from claimdesk.customers.matching.evidence import gather  # noqa: E402
from claimdesk.customers.matching.records import Profile, Record  # noqa: E402
from claimdesk.customers.matching.score import BIAS, UNKNOWN_REGISTER  # noqa: E402

FOR = [
    "name_shared",
    "name_alike",
    "name_close",
    "name_letters",
    "name_same",
    "name_same_rare",
    "name_initials",
    "legal_form_same",
    "tax_number_same",
    "email_on_file",
    "domain_confirmed",
    "domain_of_contacts",
    "domain_of_website",
    "phone_same",
    "phone_near",
    "street_same",
    "street_near",
    "postcode_same",
    "postcode_near",
    "town_same",
    "town_near",
    "country_same",
]
AGAINST = [
    "name_unlike",
    "name_edits",
    "name_missing_words",
    "name_extra_words",
    "name_both_differ",
    "name_other_numbers",
    "name_number_left",
    "name_sister",
    "legal_form_kindred",
    "legal_form_other",
    "tax_number_other",
    "domain_other",
    "phone_other",
    "street_other",
    "postcode_other",
    "town_other",
    "country_other",
    "common_name_elsewhere",
]
FREE = [BIAS, "name_missing"]
CODES = FREE + FOR + AGAINST
# A stronger fact weighs at least what the weaker one weighs; the strongest of a chain first.
INCLUDES = [
    ("email_on_file", "domain_confirmed"),
    ("domain_confirmed", "domain_of_contacts"),
    ("domain_of_contacts", "domain_of_website"),
    ("phone_same", "phone_near"),
    ("street_same", "street_near"),
    ("postcode_same", "postcode_near"),
    ("town_same", "town_near"),
    ("legal_form_other", "legal_form_kindred"),
]
COMPARED = 8
ROUNDS = 400
RIDGE = 0.2
NAMEBENCH_COUNTS = 1.5
CHICAGO_COUNTS = 0.6

Facts = dict[str, float]


@dataclass
class Group:
    """The candidates of one newcomer, each as its facts; which one is right, if any; how much the group counts."""

    candidates: list[Facts]
    right: int | None
    weight: float


def facts_of(newcomer: Profile, customer: Profile, rarity) -> Facts:
    """Return the facts of a pair and how strongly each holds."""
    _, facts = gather(newcomer, customer, rarity)
    return {BIAS: 1.0} | {fact.code: fact.strength for fact in facts}


def groups_of_world(made: World) -> Iterator[Group]:
    index = MemoryIndex(made.register, frozenset(SHARED))
    for newcomer, number in made.newcomers:
        profile = Profile(Record.of_newcomer(newcomer), index.shared_domains)
        found = index.likeliest(profile, COMPARED)
        numbers = [customer.record.number for customer in found]
        candidates = [facts_of(profile, customer, index.rarity) for customer in found]
        if candidates:
            yield Group(candidates, numbers.index(number) if number in numbers else None, 1.0)


def groups_of_files(folder: Path) -> Iterator[Group]:
    for number, (one, other, is_match) in enumerate(namebench_pairs(folder / "namebench.csv")):
        if number % 2 == 0:
            pair = Profile(Record(names=(one,))), Profile(Record(names=(other,)))
            yield Group([facts_of(*pair, UNKNOWN_REGISTER)], 0 if is_match else None, NAMEBENCH_COUNTS)
    sites = chicago_groups(folder / "chicago.csv")
    index = MemoryIndex([record for _, record in sites], frozenset())
    site_of = {record.number: site for site, record in sites}
    for number, (site, record) in enumerate(sites):
        if number % 2:
            continue
        profile = Profile(record)
        for customer in index.likeliest(profile, COMPARED):
            if customer.record.number != record.number:
                facts = facts_of(profile, customer, index.rarity)
                is_match = site_of[customer.record.number] == site
                yield Group([facts], 0 if is_match else None, CHICAGO_COUNTS)


def learn(groups: list[Group]) -> np.ndarray:
    """Return the weights under which the sample is likeliest."""
    column = {code: place for place, code in enumerate(CODES)}
    rows = [facts for group in groups for facts in group.candidates]
    strengths = np.zeros((len(rows), len(CODES)))
    for row, facts in enumerate(rows):
        for code, strength in facts.items():
            strengths[row, column[code]] = strength
    for stronger, weaker in INCLUDES:
        strengths[:, column[weaker]] += strengths[:, column[stronger]]
    group_of = np.repeat(np.arange(len(groups)), [len(group.candidates) for group in groups])
    is_right = np.array(
        [place == group.right for group in groups for place in range(len(group.candidates))], dtype=float
    )
    counts = np.array([group.weight for group in groups])[group_of]
    ridge = np.array([0.0 if code == BIAS else RIDGE for code in CODES])
    lower = np.array([0.0 if code in FOR else -20.0 for code in CODES])
    upper = np.array([0.0 if code in AGAINST else 20.0 for code in CODES])
    weights, steps, before = np.zeros(len(CODES)), np.full(len(CODES), 0.1), np.zeros(len(CODES))
    for _ in range(ROUNDS):
        odds = np.exp(np.minimum(strengths @ weights, 40.0))
        shares = odds / (1.0 + np.bincount(group_of, odds, len(groups)))[group_of]
        slopes = strengths.T @ (counts * (shares - is_right)) + ridge * weights
        turned = slopes * before
        steps = np.where(turned > 0, np.minimum(steps * 1.2, 1.0), steps)
        steps = np.where(turned < 0, np.maximum(steps * 0.5, 1e-4), steps)
        before = np.where(turned < 0, 0.0, slopes)
        weights = np.clip(weights - steps * np.sign(before), lower, upper)
    for stronger, weaker in reversed(INCLUDES):
        weights[column[stronger]] += weights[column[weaker]]
    return weights


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, help="folder with chicago.csv and namebench.csv")
    options.add_argument("--customers", type=int, default=12_000)
    options.add_argument("--newcomers", type=int, default=4_000)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    made = [
        world(asked.customers, asked.newcomers, asked.seed),
        world(asked.customers, asked.newcomers, asked.seed + 1, plain=True),
    ]
    groups = [group for one in made for group in groups_of_world(one)]
    if asked.data:
        groups += groups_of_files(asked.data)
    weights = {code: round(float(weight), 4) for code, weight in zip(CODES, learn(groups), strict=True)}
    learnt = {"learnt_by": "bench/learn_matching_weights.py", "groups": len(groups), "weights": weights}
    (DATA / "weights.json").write_text(json.dumps(learnt, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(weights, indent=2))


if __name__ == "__main__":
    main()
