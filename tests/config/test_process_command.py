"""`claimdesk process`: check and draw a file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from claimdesk.config.commands.process import process
from claimdesk.orders.process.library import text_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text_of("default"), encoding="utf-8")
    return path


def test_a_sound_file_is_called_sound(file: Path):  # O10
    result = CliRunner().invoke(process, ["check", str(file)])

    assert result.exit_code == 0
    assert "sound" in result.output


def test_a_fault_is_told_with_file_and_line(file: Path):  # O10
    file.write_text(file.read_text().replace('to = "shipped"', 'to = "shiped"'))

    result = CliRunner().invoke(process, ["check", str(file)])

    assert result.exit_code == 1
    assert "mine.toml:" in result.stderr
    assert "did you mean 'shipped'?" in result.stderr


def test_a_file_is_drawn(file: Path, tmp_path: Path):  # O10
    out = tmp_path / "mine.svg"

    result = CliRunner().invoke(process, ["diagram", str(file), "--out", str(out), "--language", "de"])

    assert result.exit_code == 0
    assert "Versandt" in out.read_text()


def test_a_file_that_is_no_text_or_no_toml_is_refused(file: Path):  # O10
    file.write_bytes(b"\xff\xfe\x00")
    assert CliRunner().invoke(process, ["check", str(file)]).exit_code == 2

    file.write_text("name = ")
    result = CliRunner().invoke(process, ["diagram", str(file)])

    assert result.exit_code == 1
    assert "mine.toml:1:" in result.stderr
