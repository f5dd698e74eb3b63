"""How well the matcher works, each figure beside a rival's: `python -m bench.matching [--data FOLDER]`.

Labelled files of FOLDER, as far as they are there (bench/labelled.py says which); a made-up register of another seed
than learnt from; one by another maker (bench/faker_registers.py). `--picture FILE` draws how far probabilities hold.
"""

import argparse
import os
import tempfile
from collections import Counter
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings")
os.environ.setdefault("CLAIMDESK_DATA_DIR", tempfile.mkdtemp(prefix="claimdesk-bench-"))

import django

django.setup()

from rapidfuzz import fuzz, process, utils  # noqa: E402

from bench.calibration import draw  # noqa: E402
from bench.faker_registers import faker_world  # noqa: E402
from bench.labelled import chicago_groups, namebench_pairs, sanctions_world  # noqa: E402
from bench.measures import Judged, calibration, report  # noqa: E402
from bench.memory import MemoryIndex  # noqa: E402
from bench.registers import SHARED, World, world  # noqa: E402
from claimdesk.customers.matching.candidates import COMPARED, Candidate, rank  # noqa: E402
from claimdesk.customers.matching.certain import certain  # noqa: E402
from claimdesk.customers.matching.records import Profile, Record  # noqa: E402
from claimdesk.customers.matching.score import UNKNOWN_REGISTER, score_profiles  # noqa: E402

RIVALS_SHARE = 10
FEW = 150


def namebench(folder: Path) -> None:
    """Judge each pair of names; the odd ones were not learnt from."""
    pairs = list(namebench_pairs(folder / "namebench.csv"))
    ours = [(_log_odds(a, b), is_match) for a, b, is_match in pairs]
    rival = [(fuzz.WRatio(a, b, processor=utils.default_process), is_match) for a, b, is_match in pairs]
    for title, chosen in (("all", slice(None)), ("not learnt from", slice(1, None, 2))):
        positives = sum(is_match for _, is_match in ours[chosen])
        report(f"namebench, {title}: claimdesk", ours[chosen], positives, 0.95)
        report(f"namebench, {title}: rapidfuzz WRatio", rival[chosen], positives, 0.95)


def _log_odds(one: str, other: str) -> float:
    pair = Profile(Record(names=(one,))), Profile(Record(names=(other,)))
    return score_profiles(*pair, UNKNOWN_REGISTER).log_odds


def chicago(folder: Path) -> None:
    """Judge each pair that shares a key of few; pairs that share none count as missed."""
    sites = chicago_groups(folder / "chicago.csv")
    index = MemoryIndex([record for _, record in sites], frozenset())
    site_of = {record.number: site for site, record in sites}
    positives = sum(count * (count - 1) // 2 for count in Counter(site for site, _ in sites).values())
    judged: dict[tuple[str, str], tuple[float, float, bool]] = {}
    for profile in index.profiles:
        for other in index.sharing(profile, FEW):
            one, two = sorted((profile.record.number, other.record.number))
            if one != two and (one, two) not in judged:
                names = profile.record.names[0], other.record.names[0]
                alike = fuzz.WRatio(*names, processor=utils.default_process)
                odds = score_profiles(profile, other, index.rarity).log_odds
                judged[one, two] = odds, alike, site_of[one] == site_of[two]
    report("chicago: claimdesk", [(odds, right) for odds, _, right in judged.values()], positives, 0.95)
    report(
        "chicago: rapidfuzz WRatio", [(alike, right) for _, alike, right in judged.values()], positives, 0.95
    )


def register(title: str, made: World) -> list[Judged]:
    """Ask a register for newcomers of whom some are not on file; return what was said and whether it was right."""
    index = MemoryIndex(made.register, frozenset(SHARED))
    positives = sum(bool(number) for _, number in made.newcomers)
    names = [utils.default_process(record.names[0]) for record in made.register]
    ours: list[Judged] = []
    rival: list[Judged] = []
    sure: list[bool] = []
    among_five = 0
    for place, (newcomer, number) in enumerate(made.newcomers):
        found = answer(index, Profile(Record.of_newcomer(newcomer), index.shared_domains))
        among_five += bool(number) and number in [candidate.number for candidate in found[:5]]
        if found:
            ours.append((found[0].probability, found[0].number == number))
        if one := certain(found):
            sure.append(one.number == number)
        if place % RIVALS_SHARE == 0:
            best = process.extractOne(utils.default_process(newcomer.name), names, scorer=fuzz.WRatio)
            rival.append((best[1], made.register[best[2]].number == number))
    report(f"{title}: claimdesk", ours, positives, 0.95, 0.99)
    asked = [number for _, number in made.newcomers[::RIVALS_SHARE]]
    report(f"{title}: rapidfuzz WRatio, a tenth", rival, sum(map(bool, asked)), 0.95, 0.99)
    print(f"  right one among the first five: {among_five / positives:.3f}")
    precision, recall = sum(sure) / max(len(sure), 1), sum(sure) / positives
    print(f"  certain: {len(sure)} answers, precision {precision:.4f}, recall {recall:.3f}")
    for said, right, count in calibration(ours):
        print(f"  said {said:.3f}, was right {right:.3f} ({count} answers)")
    return ours


def answer(index: MemoryIndex, newcomer: Profile) -> list[Candidate]:
    """Return the ranked candidates, as the matcher does over a database."""
    found = index.likeliest(newcomer, COMPARED)
    for key, profile in enumerate(found, 1):
        object.__setattr__(profile.record, "customer_id", key)
    return rank([(score_profiles(newcomer, other, index.rarity), other.record) for other in found])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--data", type=Path, help="folder with labelled files")
    options.add_argument("--customers", type=int, default=20_000)
    options.add_argument("--newcomers", type=int, default=4_000)
    options.add_argument("--seed", type=int, default=11)
    options.add_argument("--picture", type=Path, help="where to draw how far probabilities hold, as SVG")
    asked = options.parse_args()
    size = asked.customers, asked.newcomers, asked.seed
    judged = {
        "made up, as in a form": register("made up, as in a form", world(*size)),
        "made up, name and address": register("made up, name and address", world(*size, plain=True)),
        "another maker": register("another maker, name and address", faker_world(*size)),
    }
    for name, measure in (("namebench.csv", namebench), ("chicago.csv", chicago)):
        if asked.data and (asked.data / name).exists():
            measure(asked.data)
        else:
            print(f"{name}: skipped, not in the folder of --data")
    if asked.data and (asked.data / "sdn.csv").exists():
        judged["real, under other names"] = register("real, under other names", sanctions_world(asked.data))
    else:
        print("sdn.csv: skipped, not in the folder of --data")
    if asked.picture:
        asked.picture.write_text(
            draw({name: calibration(said) for name, said in judged.items()}), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
