"""When the matcher is certain: what may link without a clerk (A9). The one place that says so."""

from collections.abc import Iterable, Sequence

from claimdesk.customers.matching.candidates import Candidate, is_ambiguous

SURE = 0.9
DOUBT = -0.1
PROOFS = frozenset({"tax_number_same", "email_on_file"})
BESIDE_THE_NAME = PROOFS | {
    "domain_confirmed",
    "domain_of_contacts",
    "domain_of_website",
    "phone_same",
    "street_same",
    "postcode_same",
}
DOUBTS = frozenset(
    {
        "name_other",
        "name_extra_words",
        "name_other_numbers",
        "name_sister",
        "legal_form_other",
        "tax_number_other",
    }
)


def certain(found: Sequence[Candidate], *, least: float = SURE) -> Candidate | None:
    """Return the one customer that the newcomer certainly is, or nobody.

    Certain is: with a probability of `least` or more to be the only right one, no other one plausible (A32), not
    inactive (A34); something beside the name agrees, for a name alone, however rare, never suffices, nor does a town;
    and nothing hints at another firm of the same group, unless a proof outweighs it; a domain is none, groups share
    theirs. `bench/matching.py` measures how often it is right.
    """
    if not found or is_ambiguous(found):
        return None
    best = found[0]
    is_sure = best.probability >= least and not best.is_inactive
    return best if is_sure and is_backed((reason.code, reason.weight) for reason in best.reasons) else None


def is_backed(reasons: Iterable[tuple[str, float]]) -> bool:
    """Tell whether reasons (code, weight) hold more than a name, and no doubt that no proof outweighs."""
    reasons = list(reasons)
    agreeing = {code for code, weight in reasons if weight > 0}
    doubted = any(code in DOUBTS and weight <= DOUBT for code, weight in reasons)
    return bool(agreeing & BESIDE_THE_NAME) and (not doubted or bool(agreeing & PROOFS))
