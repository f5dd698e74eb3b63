"""Learn the matcher's weights again: `python -m bench.learn_matching_weights [--data FOLDER] [--customers N]`.

A conditional logit: the candidates of one newcomer, and nobody, share one certainty. The weights that make what is
true likeliest are found by Rprop over the whole sample; facts that speak for a match may not get a weight below zero,
those against none above. Half of each labelled file in FOLDER, where there is one, is added with less weight, so that
no single source decides; the other half is for `bench.matching` to measure.
"""

import argparse
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, log
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings_test")
django.setup()

from bench.labelled import chicago_groups, namebench_pairs  # noqa: E402
from bench.memory import MemoryIndex  # noqa: E402
from bench.registers import SHARED, world  # noqa: E402
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
ROUNDS = 150
RIDGE = 0.2


@dataclass
class Group:
    """The candidates of one newcomer, each as its facts; which one is right, if any; how much the group counts."""

    candidates: list[list[tuple[int, float]]]
    right: int | None
    weight: float


def facts_of(newcomer: Profile, customer: Profile, rarity) -> list[tuple[int, float]]:
    """Return the facts of a pair as (number of the code, strength)."""
    _, facts = gather(newcomer, customer, rarity)
    return [(0, 1.0)] + [(CODES.index(fact.code), fact.strength) for fact in facts]


def groups_of_world(customers: int, newcomers: int, seed: int) -> Iterator[Group]:
    made = world(customers, newcomers, seed)
    index = MemoryIndex(made.register, frozenset(SHARED))
    for newcomer, number in made.newcomers:
        profile = Profile(Record.of_newcomer(newcomer), index.shared_domains)
        found = index.likeliest(profile, 8)
        numbers = [customer.record.number for customer in found]
        candidates = [facts_of(profile, customer, index.rarity) for customer in found]
        if candidates:
            yield Group(candidates, numbers.index(number) if number in numbers else None, 1.0)


def groups_of_files(folder: Path) -> Iterator[Group]:
    for number, (one, other, is_match) in enumerate(namebench_pairs(folder / "namebench.csv")):
        if number % 2 == 0:
            pair = Profile(Record(names=(one,))), Profile(Record(names=(other,)))
            yield Group([facts_of(*pair, UNKNOWN_REGISTER)], 0 if is_match else None, 0.5)
    sites = chicago_groups(folder / "chicago.csv")
    index = MemoryIndex([record for _, record in sites], frozenset())
    site_of = {record.number: site for site, record in sites}
    for number, (site, record) in enumerate(sites):
        if number % 2:
            continue
        profile = Profile(record)
        for customer in index.likeliest(profile, 6):
            if customer.record.number != record.number:
                facts = facts_of(profile, customer, index.rarity)
                yield Group([facts], 0 if site_of[customer.record.number] == site else None, 0.3)


def learn(groups: list[Group]) -> list[float]:
    """Return the weights under which the sample is likeliest."""
    weights = [0.0] * len(CODES)
    steps, before = [0.1] * len(CODES), [0.0] * len(CODES)
    lower = [0.0 if code in FOR else -20.0 for code in CODES]
    upper = [0.0 if code in AGAINST else 20.0 for code in CODES]
    for number in range(ROUNDS):
        loss, slopes = loss_and_slopes(groups, weights)
        for at, slope in enumerate(slopes):
            if slope * before[at] > 0:
                steps[at] = min(steps[at] * 1.2, 1.0)
            elif slope * before[at] < 0:
                steps[at] = max(steps[at] * 0.5, 1e-4)
                slope = 0.0
            before[at] = slope
            move = steps[at] * ((slope < 0) - (slope > 0))
            weights[at] = min(max(weights[at] + move, lower[at]), upper[at])
        if number % 25 == 0:
            print(f"round {number}: loss {loss / sum(group.weight for group in groups):.4f}", flush=True)
    return weights


def loss_and_slopes(groups: Iterable[Group], weights: list[float]) -> tuple[float, list[float]]:
    loss = RIDGE / 2 * sum(weight * weight for weight in weights[1:])
    slopes = [0.0] + [RIDGE * weight for weight in weights[1:]]
    for group in groups:
        odds = [
            exp(min(sum(weights[at] * strength for at, strength in facts), 40.0))
            for facts in group.candidates
        ]
        total = 1.0 + sum(odds)
        right = 1.0 if group.right is None else odds[group.right]
        loss -= group.weight * log(max(right / total, 1e-12))
        for number, facts in enumerate(group.candidates):
            error = group.weight * (odds[number] / total - (number == group.right))
            if abs(error) > 1e-6:
                for at, strength in facts:
                    slopes[at] += error * strength
    return loss, slopes


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, help="folder with chicago.csv and namebench.csv")
    options.add_argument("--customers", type=int, default=20_000)
    options.add_argument("--newcomers", type=int, default=4_000)
    options.add_argument("--seed", type=int, default=7)
    asked = options.parse_args()
    groups = list(groups_of_world(asked.customers, asked.newcomers, asked.seed))
    if asked.data:
        groups += groups_of_files(asked.data)
    weights = {code: round(weight, 4) for code, weight in zip(CODES, learn(groups), strict=True)}
    learnt = {"learnt_by": "bench/learn_matching_weights.py", "groups": len(groups), "weights": weights}
    (DATA / "weights.json").write_text(json.dumps(learnt, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(weights, indent=2))


if __name__ == "__main__":
    main()
