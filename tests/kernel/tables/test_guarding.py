import pytest

from claimdesk.kernel.tables import guarded, unguarded


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_takes_for_a_formula_goes_out_as_text_and_comes_back_as_it_was(sign):  # A75
    cell = f"{sign}1+1"

    assert guarded(cell) == f"'{cell}"
    assert unguarded(guarded(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Bolt", "O'Neill", "'s-Hertogenbosch", "1-2"])
def test_what_is_no_formula_goes_as_it_is(cell):
    assert guarded(cell) == unguarded(cell) == cell
