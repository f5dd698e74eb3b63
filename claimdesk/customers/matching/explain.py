"""A score in words: each reason a code with its particulars, for or against, and a sentence (A31)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext

from claimdesk.customers.matching.evidence import MUCH_LEFT
from claimdesk.customers.matching.names import NameComparison, Pairing
from claimdesk.customers.matching.normalise import as_typed
from claimdesk.customers.matching.score import Score, weights

LEAST_WEIGHT = 0.2

_SENTENCES = {
    "name_same": gettext_lazy("same name"),
    "name_reordered": gettext_lazy("same words of the name in another order"),
    "name_initials": gettext_lazy("one name is made of the initials of the other"),
    "name_abbreviated": gettext_lazy("a word of the name is abbreviated: %(words)s"),
    "name_missing_words": gettext_lazy("name on file also has %(words)s"),
    "name_extra_words": gettext_lazy("name on file lacks %(words)s"),
    "name_sister": gettext_lazy("a word that tells firms of one group apart: %(words)s"),
    "name_partly": gettext_lazy("part of the name is the same"),
    "name_other": gettext_lazy("another name"),
    "name_missing": gettext_lazy("no name to compare"),
    "name_other_numbers": gettext_lazy("another number in the name"),
    "legal_form_same": gettext_lazy("same legal form"),
    "legal_form_kindred": gettext_lazy("another legal form of the same kind"),
    "legal_form_other": gettext_lazy("another legal form"),
    "tax_number_same": gettext_lazy("same tax number"),
    "tax_number_other": gettext_lazy("another tax number"),
    "email_on_file": gettext_lazy("e-mail address is on file"),
    "domain_confirmed": gettext_lazy("confirmed domain %(domain)s"),
    "domain_of_website": gettext_lazy("same domain %(domain)s"),
    "domain_other": gettext_lazy("another domain than %(domain)s"),
    "phone_same": gettext_lazy("same phone number"),
    "phone_near": gettext_lazy("phone number much like the one on file"),
    "phone_other": gettext_lazy("another phone number"),
    "street_same": gettext_lazy("same street and house"),
    "street_near": gettext_lazy("same street, another house"),
    "street_other": gettext_lazy("another street"),
    "postcode_same": gettext_lazy("same postcode %(postcode)s"),
    "postcode_near": gettext_lazy("postcode much like %(postcode)s"),
    "postcode_other": gettext_lazy("another postcode than %(postcode)s"),
    "town_same": gettext_lazy("same town %(town)s"),
    "town_near": gettext_lazy("town much like %(town)s"),
    "town_other": gettext_lazy("another town than %(town)s"),
    "country_same": gettext_lazy("same country %(country)s"),
    "country_other": gettext_lazy("another country than %(country)s"),
    "common_name_elsewhere": gettext_lazy("a common name in another place"),
    "customer_inactive": gettext_lazy("customer is inactive"),
    "several_alike": gettext_lazy("other customers are as much alike"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is. `weight` is in log-odds: above zero it speaks for the match, below against."""

    code: str
    params: Mapping[str, Any]
    weight: float

    @property
    def speaks_for(self) -> bool:
        return self.weight > 0

    @property
    def sentence(self) -> str:
        """Return the reason in the reader's language."""
        return sentence(self.code, self.params)

    def as_json(self) -> dict[str, Any]:
        """Return the reason to be kept with an account claim; `sentence` reads it again."""
        return {"code": self.code, "params": dict(self.params), "weight": round(self.weight, 3)}


def sentence(code: str, params: Mapping[str, Any]) -> str:
    """Return the words of a reason in the reader's language."""
    if code == "domain_of_contacts":
        count = params["contacts"]
        words = ngettext("domain of %(contacts)s contact", "domain of %(contacts)s contacts", count)
        return words % params
    if code == "name_misspelt":
        letters = params["letters"]
        words = ngettext(
            "name differs by %(letters)s letter: %(words)s",
            "name differs by %(letters)s letters: %(words)s",
            letters,
        )
        return (gettext("name differs by one letter: %(words)s") if letters == 1 else words) % params
    return str(_SENTENCES[code]) % params


def explain(score: Score) -> tuple[Reason, ...]:
    """Return the reasons of a score, the weightiest first."""
    learnt = weights()
    weighed = {fact.code: learnt[fact.code] * fact.strength for fact in score.facts}
    of_name = sum(weight for code, weight in weighed.items() if code.startswith("name_"))
    reasons = list(_name_reasons(score.name, of_name)) if score.name else []
    for fact in score.facts:
        is_told = not fact.code.startswith("name_") or fact.code == "name_missing"
        if is_told and abs(weighed[fact.code]) >= LEAST_WEIGHT:
            reasons.append(Reason(fact.code, fact.params, weighed[fact.code]))
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))


def _name_reasons(name: NameComparison, weight: float) -> Iterable[Reason]:
    """Tell the name as one would say it: what is alike carries the name's weight, what differs speaks against."""
    misspelt = [pairing for pairing in name.altered if pairing.edits]
    shortened = [pairing for pairing in name.altered if not pairing.edits and pairing.alike < 1]
    if name.exact and not shortened:
        yield Reason("name_reordered" if name.reordered else "name_same", {}, weight)
        return
    if name.is_acronym:
        yield Reason("name_initials", {}, weight)
        return
    if misspelt:
        words = _side_by_side(name, misspelt)
        yield Reason("name_misspelt", {"letters": name.edits, "words": words}, weight)
    elif shortened:
        words = _side_by_side(name, shortened)
        yield Reason("name_abbreviated", {"words": words}, weight)
    elif name.shared:
        yield Reason("name_partly", {}, weight)
    else:
        yield Reason("name_other", {}, weight)
        return
    if name.missing:
        weight = _weight_of_words_left(name.missing_information)
        yield Reason("name_missing_words", {"words": _spelt(name.missing, name.on_file)}, weight)
    if name.extra:
        weight = _weight_of_words_left(name.extra_information)
        yield Reason("name_extra_words", {"words": _spelt(name.extra, name.typed)}, weight)
    if name.numbers_differ or name.number_left:
        yield Reason("name_other_numbers", {}, -LEAST_WEIGHT)
    if name.names_a_sister:
        typed, on_file = name.sister_words
        words = _spelt(typed, name.typed) or _spelt(on_file, name.on_file)
        yield Reason("name_sister", {"words": words}, -2 * LEAST_WEIGHT)


def _weight_of_words_left(information: float) -> float:
    """Return how heavily words that one name has alone are told: towns and parts of legal forms hardly."""
    return -2 * LEAST_WEIGHT * min(1.0, information / MUCH_LEFT)


def _side_by_side(name: NameComparison, pairings: Iterable[Pairing]) -> str:
    return ", ".join(
        f"{as_typed(pairing.one, name.typed)} / {as_typed(pairing.other, name.on_file)}"
        for pairing in pairings
    )


def _spelt(words: Iterable[str], text: str) -> str:
    return " ".join(as_typed(word, text) for word in words)
