"""How well and how fast the matcher works, each beside a rival: `python -m bench.matching --help`.

quality: F1 at the best threshold, and recall at precision .95, on the labelled files in a folder and on a made-up
register. speed: lookups of misspelt names among N customers in a throw-away SQLite file, or on PostgreSQL.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings")
os.environ.setdefault("CLAIMDESK_DATA_DIR", tempfile.mkdtemp(prefix="claimdesk-bench-"))

import django

django.setup()

from rapidfuzz import fuzz, process, utils  # noqa: E402

from bench.labelled import chicago_groups, namebench_pairs  # noqa: E402
from bench.memory import MemoryIndex  # noqa: E402
from bench.registers import SHARED, world  # noqa: E402
from claimdesk.customers.matching.candidates import COMPARED, rank  # noqa: E402
from claimdesk.customers.matching.records import Profile, Record  # noqa: E402
from claimdesk.customers.matching.score import UNKNOWN_REGISTER, score_profiles  # noqa: E402

Judged = tuple[float, bool]


def f1_and_recall(
    judged: Iterable[Judged], positives: int, precision: float = 0.95
) -> tuple[float, float, float]:
    """Return the best F1, its threshold, and the greatest recall at a precision of at least `precision`."""
    best, threshold, recall, right = 0.0, 1.0, 0.0, 0
    ordered = sorted(judged, key=lambda pair: -pair[0])
    for count, (score, is_match) in enumerate(ordered, 1):
        right += is_match
        if count < len(ordered) and ordered[count][0] == score:
            continue
        f1 = 2 * right / (count + positives)
        if f1 > best:
            best, threshold = f1, score
        if right / count >= precision:
            recall = max(recall, right / positives)
    return best, threshold, recall


def report(title: str, judged: list[Judged], positives: int, precision: float = 0.95) -> None:
    f1, threshold, recall = f1_and_recall(judged, positives, precision)
    print(
        f"{title:48} F1 {f1:.3f} (recall at precision {precision}: {recall:.3f}; threshold {threshold:.2f})"
    )


def namebench(folder: Path) -> None:
    """Judge each pair of names; the odd ones were not learnt from."""
    pairs = list(namebench_pairs(folder / "namebench.csv"))
    ours = [
        (
            score_profiles(
                Profile(Record(names=(a,))), Profile(Record(names=(b,))), UNKNOWN_REGISTER
            ).log_odds,
            is_match,
        )
        for a, b, is_match in pairs
    ]
    rival = [(fuzz.WRatio(a, b, processor=utils.default_process), is_match) for a, b, is_match in pairs]
    for title, chosen in (("all", slice(None)), ("not learnt from", slice(1, None, 2))):
        positives = sum(is_match for _, is_match in ours[chosen])
        report(f"namebench, {title}: claimdesk", ours[chosen], positives)
        report(f"namebench, {title}: rapidfuzz WRatio", rival[chosen], positives)


def chicago(folder: Path) -> None:
    """Judge each pair that shares a key; pairs that share none count as missed."""
    sites = chicago_groups(folder / "chicago.csv")
    index = MemoryIndex([record for _, record in sites], frozenset())
    site_of = {record.number: site for site, record in sites}
    members: dict[str, int] = {}
    for site, _ in sites:
        members[site] = members.get(site, 0) + 1
    positives = sum(count * (count - 1) // 2 for count in members.values())
    judged: dict[tuple[str, str], tuple[float, float, bool]] = {}
    for profile in index.profiles:
        for other in index.likeliest(profile, 40):
            one, two = sorted((profile.record.number, other.record.number))
            if one != two and (one, two) not in judged:
                odds = score_profiles(profile, other, index.rarity).log_odds
                alike = fuzz.WRatio(
                    profile.record.names[0], other.record.names[0], processor=utils.default_process
                )
                judged[one, two] = odds, alike, site_of[one] == site_of[two]
    found = sum(is_match for _, _, is_match in judged.values())
    print(f"chicago: {found} of {positives} true pairs share a key; {len(judged)} pairs judged")
    report("chicago: claimdesk", [(odds, is_match) for odds, _, is_match in judged.values()], positives)
    report(
        "chicago: rapidfuzz WRatio", [(alike, is_match) for _, alike, is_match in judged.values()], positives
    )


def made_up(customers: int, newcomers: int, seed: int, *, plain: bool) -> None:
    """Ask a made-up register for newcomers, half of whom are not on file; show how calibrated the answers are."""
    made = world(customers, newcomers, seed, plain=plain)
    title = "made up, name and address only" if plain else "made up, all fields"
    index = MemoryIndex(made.register, frozenset(SHARED))
    positives = sum(bool(number) for _, number in made.newcomers)
    ours, rival, among_five = [], [], 0
    names = [record.names[0].casefold() for record in made.register]
    for newcomer, number in made.newcomers:
        profile = Profile(Record.of_newcomer(newcomer), index.shared_domains)
        found = index.likeliest(profile, COMPARED)
        ranked = rank(
            [(score_profiles(profile, other, index.rarity), other.record) for other in found_with_ids(found)]
        )
        among_five += bool(number) and number in [candidate.number for candidate in ranked[:5]]
        if ranked:
            ours.append((ranked[0].probability, ranked[0].number == number))
        if len(rival) < newcomers // 10:
            best = process.extractOne(newcomer.name.casefold(), names, scorer=fuzz.WRatio)
            rival.append((best[1], made.register[best[2]].number == number))
    print(f"{title}: right one among the first five {among_five / positives:.3f}")
    report(f"{title}: claimdesk", ours, positives, 0.99)
    report(f"{title}: WRatio, a tenth", rival, positives // 10, 0.99)
    for low, high in (
        (0, 0.2),
        (0.2, 0.5),
        (0.5, 0.8),
        (0.8, 0.95),
        (0.95, 0.99),
        (0.99, 0.999),
        (0.999, 1.1),
    ):
        part = [(said, is_match) for said, is_match in ours if low <= said < high]
        if part:
            said, right = (
                sum(said for said, _ in part) / len(part),
                sum(is_match for _, is_match in part) / len(part),
            )
            print(f"  said {said:.3f}, was right {right:.3f} ({len(part)} answers)")


def found_with_ids(profiles: list[Profile]) -> Iterator[Profile]:
    """Give records that were never in a database a key of their own."""
    for number, profile in enumerate(profiles, 1):
        object.__setattr__(profile.record, "customer_id", number)
        yield profile


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, help="folder with chicago.csv and namebench.csv")
    options.add_argument("--customers", type=int, default=20_000)
    options.add_argument("--newcomers", type=int, default=3_000)
    options.add_argument("--seed", type=int, default=11)
    asked = options.parse_args()
    if asked.data:
        namebench(asked.data)
        chicago(asked.data)
    else:
        print("labelled files: skipped, no --data FOLDER given")
    for plain in (True, False):
        made_up(asked.customers, asked.newcomers, asked.seed, plain=plain)


if __name__ == "__main__":
    main()
