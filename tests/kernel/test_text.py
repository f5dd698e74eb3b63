from claimdesk.kernel.text import fold, fold_email, fold_number, same_mailbox


def test_folding_forgets_case_accents_and_spaces():
    assert fold("  Ñandú  GmbH\x00Straße ") == "nandu gmbh strasse"


def test_numbers_meet_without_blanks_case_and_leading_zeros():  # A23
    assert fold_number(" 00-ab 12 ") == fold_number("AB12") == "ab12"
    assert fold_number("0000") == ""


def test_addresses_meet_in_lower_case_and_idna():  # A10
    assert fold_email(" Ada@BÜCHER.example ") == "ada@xn--bcher-kva.example"


def test_spellings_of_one_mailbox_meet():  # A47
    assert same_mailbox("A.da+desk@googlemail.com") == same_mailbox("ada@gmail.com")
    assert same_mailbox("a.da@firm.example") != same_mailbox("ada@firm.example")
