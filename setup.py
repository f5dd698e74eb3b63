"""Puts compiled translations into the wheel; everything else is said in pyproject.toml."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HOUSE = Path(__file__).resolve().parent
sys.path.insert(0, str(HOUSE / "scripts"))

from translations import compile_translations  # noqa: E402


class BuildWithTranslations(build_py):
    """Copies the packages, then compiles their translations where they were copied to."""

    def run(self) -> None:
        """Build, then compile."""
        super().run()
        compile_translations(HOUSE / "claimdesk", Path(self.build_lib) / "claimdesk")


setup(cmdclass={"build_py": BuildWithTranslations})
