from pathlib import Path

from claimdesk.config.static_digest import static_digest


def test_static_files_get_a_new_address_when_one_changes_and_only_then(tmp_path: Path):
    style = tmp_path / "web" / "static" / "web" / "style.css"
    style.parent.mkdir(parents=True)
    style.write_text("a {}")
    before = static_digest(tmp_path)
    (tmp_path / "web" / "views.py").write_text("elsewhere")
    unchanged = static_digest(tmp_path)

    style.write_text("b {}")

    assert before == unchanged != static_digest(tmp_path)
