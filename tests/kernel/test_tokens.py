from claimdesk.kernel.tokens import code, key_of, matches, new_nonce, token


def test_a_token_names_its_row_and_changes_with_the_nonce():  # A62
    first, second = token("login", 7, new_nonce()), token("login", 7, new_nonce())

    assert key_of(first) == 7
    assert not matches(first, second)


def test_a_code_has_six_digits_and_depends_on_its_purpose():
    assert len(code("email", 1, "n")) == 6
    assert code("email", 1, "n") == code("email", 1, "n")
    assert token("email", 1, "n") != token("reset", 1, "n")


def test_nonsense_names_no_row():
    assert [key_of(text) for text in ("", "x-1", "٣-a", "9" * 40)] == [None] * 4
