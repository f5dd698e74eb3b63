"""Every reason of an answer about cover is a sentence."""

from dataclasses import replace
from datetime import date

from django.utils.translation import override

from claimdesk.warranty.coverage import Answer, PolicyFacts, UnitFacts, answer_on
from claimdesk.warranty.wording import _SENTENCES, reason_words, verdict_words

BASE = PolicyFacts(1, "Two years", "base", 24)
SAW = UnitFacts(7, product_id=3, region="DE", delivered_on=date(2024, 1, 15), shipped_on=date(2023, 11, 2))


def sentences(answer: Answer) -> list[str]:
    return [reason_words(reason.code, reason.values) for reason in answer.reasons]


def every_answer() -> list[Answer]:
    """Answers that between them give every reason."""
    on, never = date(2025, 1, 1), replace(SAW, delivered_on=None)
    gone = replace(SAW, replaced_on=date(2024, 6, 1))
    after = replace(SAW, replaced_on=date(2027, 6, 1))
    asked = [
        (None, BASE, on),
        (SAW, replace(BASE, product_id=4), on),
        (never, BASE, on),
        (SAW, BASE, date(2024, 1, 1)),
        (SAW, BASE, date(2026, 2, 1)),
        (SAW, BASE, on),
        (SAW, replace(BASE, meter_limit=2000), on),
        (SAW, replace(BASE, start="invoice", fallback_months=1), on),
        (replace(SAW, invoiced_on=on), replace(BASE, start="invoice"), on),
        (SAW, replace(BASE, start="shipment"), on),
        (SAW, replace(BASE, latest_start_months=1), on),
        (gone, BASE, on),
        (UnitFacts(8, 3, replaces=gone), BASE, on),
        (UnitFacts(8, 3, replaces=after), BASE, date(2027, 7, 1)),
    ]
    answers = [answer_on(unit, [policy], failed_on=day) for unit, policy, day in asked]
    return [*answers, answer_on(SAW, [replace(BASE, meter_limit=2000)], failed_on=on, meter=3000)]


def test_every_reason_is_a_sentence_without_gaps():  # U5
    answers = every_answer()
    said = [sentence for answer in answers for sentence in sentences(answer)]

    assert {reason.code for answer in answers for reason in answer.reasons} == set(_SENTENCES)
    assert all(sentence.endswith(".") and "%(" not in sentence for sentence in said)


def test_an_answer_names_policy_start_and_last_day():  # U5
    answer = answer_on(SAW, [BASE], failed_on=date(2025, 1, 1))

    assert verdict_words(answer.verdict) == "Covered"
    assert sentences(answer) == [
        "Covered by “Two years” (Base) until 15 Jan 2026, that day included.",
        "It counts 24 months from the day of delivery, 15 Jan 2024.",
    ]


def test_a_german_reader_is_answered_in_german():  # U5
    answer = answer_on(SAW, [BASE], failed_on=date(2026, 2, 1))

    with override("de"):
        assert verdict_words(answer.verdict) == "Außerhalb der Garantie"
        assert "endete am" in sentences(answer)[0]
