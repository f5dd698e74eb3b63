"""Fetch Tabler, its icons and htmx anew and write the cut files into claimdesk/web/static/web/vendor/.

Use: `python scripts/vendor_assets.py` (needs node and npm), also when pages name a class of Tabler's for the first time.
The wheel carries the result and never needs Node.
"""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree

import django_htmx

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "claimdesk/web/static/web/vendor"
PACKAGES = ("@tabler/core@1.6.1", "@tabler/icons@3.51.0", "postcss@8")
ICONS = (ROOT / "scripts/icons.txt").read_text().split()


def main() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run("npm", "init", "-y", cwd=work)
        run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES, cwd=work)
        shutil.copy(ROOT / "scripts/cut_css.mjs", work)
        tabler = work / "node_modules/@tabler"
        named = work / "words.json"
        named.write_text(json.dumps(words_of_pages()))
        whole = tabler / "core/dist/css/tabler.min.css"
        run("node", "cut_css.mjs", whole, VENDOR / "tabler.css", named, cwd=work)
        write_sprite(tabler / "icons/icons/outline", tabler / "icons/LICENSE")
    write_htmx()


def words_of_pages() -> dict[str, list]:
    """Return every word of templates, Python and scripts, any of which may be a class, and how made ones begin and end."""
    paths = [path for kind in ("html", "py", "js") for path in ROOT.glob(f"claimdesk/**/*.{kind}")]
    texts = [path.read_text() for path in paths if VENDOR not in path.parents]
    words = {word for text in texts for word in re.findall(r"[\w-]+", text)}
    made = {pair for text in texts for pair in re.findall(r"\b([a-z][\w-]*-)\{(?:[\w.]*\}([\w-]*))?", text)}
    return {"words": sorted(words), "made": sorted(made)}


def run(*command: str | Path, cwd: Path) -> None:
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def write_sprite(outline: Path, licence: Path) -> None:
    """Write one SVG of symbols; pages show one with `{% icon "name" %}`."""
    symbols = []
    for name in ICONS:
        tree = ElementTree.parse(outline / f"{name}.svg").getroot()
        inner = "".join(
            re.sub(r'\s?xmlns(:\w+)?="[^"]*"', "", ElementTree.tostring(part, encoding="unicode")).strip()
            for part in tree
            if part.get("d") != "M0 0h24v24H0z"
        )
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner.replace("ns0:", "")}</symbol>')
    notice = licence.read_text().split("Permission")[0].split()
    head = f"<!-- Tabler Icons. {' '.join(notice)} https://tabler.io/icons -->"
    (VENDOR / "icons.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg">{head}\n' + "\n".join(symbols) + "\n</svg>\n"
    )


def write_htmx() -> None:
    """Copy htmx 2 as django-htmx ships it, so that its version is pinned once."""
    source = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    text = re.sub(r"//# sourceMappingURL=.*", "", source.read_text())
    (VENDOR / "htmx.js").write_text(f"/* htmx 2, https://htmx.org, Zero-Clause BSD */\n{text.strip()}\n")


if __name__ == "__main__":
    main()
