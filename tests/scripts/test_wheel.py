"""The wheel holds all that an installation needs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
NEEDED = ["pyproject.toml", "setup.py", "README.md", "LICENSE", "scripts/translations.py"]
MADE = shutil.ignore_patterns("__pycache__", "*.mo")


def files_of_kind(folder: Path, *patterns: str) -> set[str]:
    """The files under a folder's package that fit, by their path in it."""
    found = (path for pattern in patterns for path in (folder / "claimdesk").rglob(pattern))
    return {
        str(path.relative_to(folder)) for path in found if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.courier
def test_the_wheel_holds_code_templates_static_files_and_compiled_translations(tmp_path: Path):
    for name in NEEDED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(HOUSE / name, tmp_path / name)
    shutil.copytree(HOUSE / "claimdesk", tmp_path / "claimdesk", ignore=MADE)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "out"]

    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)

    assert built.returncode == 0, built.stdout + built.stderr
    held = set(zipfile.ZipFile(next((tmp_path / "out").glob("*.whl"))).namelist())
    wanted = files_of_kind(tmp_path, "*.py", "templates/**/*", "static/**/*", "data/*")
    wanted |= {name[:-3] + ".mo" for name in files_of_kind(tmp_path, "*.po")}
    assert wanted - held == set()
