"""Everything that looks at the code without running it: `make lint`."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
TEMPLATES = [str(path) for path in sorted((HOUSE / "claimdesk").rglob("templates/**/*.html"))]
LOOKS = {
    "locks fit pyproject.toml": ["python", "scripts/lock.py", "--check"],
    "ruff": ["ruff", "check", "--quiet", "."],
    "ruff format": ["ruff", "format", "--check", "--quiet", "."],
    "djade": ["djade", "--target-version", "5.2", "--check", *TEMPLATES],
    "djlint": ["djlint", "claimdesk", "--lint", "--quiet"],
    "import contract": ["lint-imports"],
    "mypy": ["mypy"],
    "standing rules": ["python", "-m", "pytest", "-q", "tests/standing"],
}


def main() -> int:
    """Take every look, also after one has failed; say how each went."""
    failed = 0
    for name, (program, *arguments) in LOOKS.items():
        look = subprocess.run(
            [PROGRAMS / program, *arguments], cwd=HOUSE, check=False, capture_output=True, text=True
        )
        print(f"{'failed' if look.returncode else 'ok':7}{name}", flush=True)
        if look.returncode:
            failed += 1
            print(look.stdout + look.stderr, flush=True)
    print(f"lint: {len(LOOKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
