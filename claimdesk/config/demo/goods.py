"""What the demo world's seller sells: shelves, and on each five sizes of five makes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shelf:
    """A shelf of the shop: its goods come in `sizes`, the first for `cents`, each further one for more.

    `per` units have that price; `step` is how many are sold at once. `colour` is its pictures'.
    """

    path: str
    code: str
    noun: str
    sizes: tuple[str, ...]
    cents: int
    colour: str
    words: str
    unit: str = "piece"
    per: int = 1
    step: int = 1


MAKES = ("Nordfeld", "Korte", "Brix", "Talmann", "Vesta")
SHELVES = (
    Shelf("Power tools > Drills", "DR", "Cordless drill", ("12 V", "14.4 V", "18 V", "18 V brushless", "36 V"), 8_900, "#2a6f97", "Two gears, keyless chuck, case and two batteries."),
    Shelf("Power tools > Grinders", "GR", "Angle grinder", ("115 mm", "125 mm", "150 mm", "180 mm", "230 mm"), 5_900, "#2a6f97", "Soft start, guard without tools, vibration-damped grip."),
    Shelf("Power tools > Saws", "SW", "Circular saw", ("140 mm", "165 mm", "190 mm", "210 mm", "235 mm"), 11_900, "#2a6f97", "For cuts along a rail, with dust extraction."),
    Shelf("Machines > Compressors", "CP", "Compressor", ("24 l", "50 l", "90 l", "150 l", "270 l"), 24_900, "#7f5539", "Belt-driven, with pressure reducer and two couplings."),
    Shelf("Machines > Pumps", "PU", "Submersible pump", ("250 W", "400 W", "750 W", "1100 W", "2200 W"), 9_900, "#7f5539", "For clear and dirty water, with float switch."),
    Shelf("Machines > Generators", "GN", "Generator", ("2 kVA", "3 kVA", "5 kVA", "7 kVA", "12 kVA"), 49_900, "#7f5539", "Petrol engine, electric start from 5 kVA."),
    Shelf("Hand tools > Spanners", "SP", "Ring spanner", ("8 mm", "10 mm", "13 mm", "17 mm", "19 mm"), 640, "#6a994e", "Chrome vanadium, polished heads."),
    Shelf("Hand tools > Hammers", "HA", "Hammer", ("200 g", "300 g", "500 g", "800 g", "1000 g"), 1_190, "#6a994e", "Forged head, hickory handle."),
    Shelf("Fasteners > Wood screws", "WS", "Wood screw", ("3.5 x 30", "4 x 40", "4.5 x 50", "5 x 60", "6 x 80"), 349, "#8d99ae", "Countersunk, star drive, zinc-plated.", "piece", 100, 100),
    Shelf("Fasteners > Anchors", "AN", "Wall anchor", ("6 mm", "8 mm", "10 mm", "12 mm", "14 mm"), 890, "#8d99ae", "Nylon, for concrete and solid brick.", "piece", 100, 50),
    Shelf("Work wear > Gloves", "GL", "Work gloves", ("size 7", "size 8", "size 9", "size 10", "size 11"), 490, "#bc4749", "Nitrile-coated, cut level B.", "pair", 1, 6),
    Shelf("Supplies > Steel cable", "CA", "Steel cable", ("2 mm", "3 mm", "4 mm", "6 mm", "8 mm"), 95, "#495057", "Galvanised, 6 x 7 wires, by the metre.", "m"),
)  # fmt: skip
