"""How a refund is computed: slices that add up, and the form in which they go back."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from claimdesk.kernel.money import GROSS, NET, line_amount, tax_of
from claimdesk.orders.refunding import (
    CREDIT,
    LAST,
    NEVER,
    PAYOUT,
    PRO_RATA,
    Part,
    Room,
    Slice,
    Till,
    freight_share,
    give_back,
    slice_of,
)

SUMS = st.integers(0, 10**7)


def price_with_tax(
    unit_price: int, quantity: Decimal, discount: int, rate: int, mode: str
) -> tuple[int, int]:
    """The price of a line, tax inside, and that tax."""
    amount = line_amount(unit_price, quantity, discount=discount)
    tax = tax_of(amount, rate, mode)
    return (amount + tax if mode == NET else amount), tax


@given(
    unit_price=st.integers(0, 10**6),
    cuts=st.lists(st.decimals("0.001", "50", places=3), min_size=1, max_size=8),
    discount=st.integers(0, 10_000),
    rate=st.integers(0, 3_000),
    mode=st.sampled_from([NET, GROSS]),
)
def test_slices_add_up_to_price_and_tax_however_a_line_is_cut(unit_price, cuts, discount, rate, mode):  # O18
    whole = sum(cuts)
    price, tax = price_with_tax(unit_price, whole, discount, rate, mode)

    taken, slices = Decimal(0), []
    for cut in cuts:
        slices.append(slice_of(price, tax, whole, after=cut, taken=taken))
        taken += cut

    assert sum(each.amount for each in slices) == price
    assert sum(each.tax for each in slices) == tax
    assert all(each.amount >= 0 and each.tax >= 0 for each in slices)


@given(
    price=SUMS,
    pieces=st.integers(1, 1000),
    taken=st.integers(0, 999),
    after=st.integers(1, 1000),
)
def test_a_slice_is_less_than_one_minor_unit_from_its_exact_share(price, pieces, taken, after):  # O18
    taken = min(taken, pieces - 1)
    after = min(after, pieces - taken)

    share = slice_of(price, 0, Decimal(pieces), after=Decimal(after), taken=Decimal(taken))

    assert abs(share.amount - Fraction(price * after, pieces)) <= 1


@given(
    amount=SUMS,
    tax_share=st.fractions(0, 1),
    rooms=st.lists(st.tuples(SUMS, SUMS, SUMS), max_size=5),
    advance=SUMS,
)
def test_parts_add_up_and_take_no_more_than_there_is(amount, tax_share, rooms, advance):  # O18
    tax = int(amount * tax_share)
    till = Till(
        open={n: open_ for n, (_left, open_, _paid) in enumerate(rooms)},
        paid={n: paid for n, (_left, _open, paid) in enumerate(rooms)},
        advance=advance,
    )
    before = dict(till.open.items())

    parts = give_back(Slice(amount, tax), [Room(n, left) for n, (left, _o, _p) in enumerate(rooms)], till)

    assert sum(part.amount for part in parts) == amount
    assert sum(part.tax for part in parts) == (tax if amount else 0)
    assert min([0, till.advance, *till.open.values(), *till.paid.values()]) == 0
    for n, (left, _open, paid) in enumerate(rooms):
        here = [part for part in parts if part.invoice == n]
        assert sum(part.amount for part in here) <= left
        assert sum(part.amount for part in here if part.kind == CREDIT) == before[n] - till.open[n]
        assert sum(part.amount for part in here if part.kind == PAYOUT) == paid - till.paid[n]


def test_an_unpaid_invoice_is_credited_and_nothing_is_paid_out():  # O18
    till = Till(open={7: 11900}, paid={7: 0})

    parts = give_back(Slice(1190, 190), [Room(7, 11900)], till)

    assert parts == [Part(CREDIT, 7, 1190, 190)]


def test_of_a_half_paid_invoice_the_open_sum_is_credited_first_and_the_rest_paid_out():  # O18
    till = Till(open={7: 1000}, paid={7: 10900})

    parts = give_back(Slice(1190, 190), [Room(7, 11900)], till)

    assert parts == [Part(CREDIT, 7, 1000, 160), Part(PAYOUT, 7, 190, 30)]


def test_what_no_invoice_asked_for_is_credited_before_any_and_what_was_paid_in_advance_paid_out():  # O18
    till = Till(advance=300)

    parts = give_back(Slice(1000, 0), [], till)

    assert parts == [Part(PAYOUT, None, 300, 0), Part(CREDIT, None, 700, 0)]


@given(refunded=SUMS, more=SUMS)
def test_freight_goes_back_never_with_the_last_item_or_pro_rata(refunded, more):  # O18
    goods = refunded + more
    part = {"refunded": refunded, "goods": goods, "is_canceled": False}

    assert freight_share(NEVER, **part, is_all=True) == 0
    assert freight_share(LAST, **part, is_all=False) == 0
    assert freight_share(LAST, **part, is_all=True) == 1
    if goods:
        assert freight_share(PRO_RATA, **part, is_all=False) == Fraction(refunded, goods)


def test_freight_of_an_order_canceled_whole_goes_back_whatever_the_policy():  # O18
    for policy in (NEVER, LAST, PRO_RATA):
        assert freight_share(policy, refunded=0, goods=0, is_all=True, is_canceled=True) == 1


@given(
    freight=SUMS,
    prices=st.lists(st.integers(0, 10**6), min_size=1, max_size=8),
)
def test_pro_rata_freight_adds_up_over_any_number_of_refunds(freight, prices):  # O18
    goods, given_back, refunded = sum(prices), 0, 0
    for n, price in enumerate(prices, 1):
        refunded += price
        share = freight_share(
            PRO_RATA, refunded=refunded, goods=goods, is_all=n == len(prices), is_canceled=False
        )
        due = slice_of(freight, 0, Decimal(1), after=Decimal(1), taken=Decimal(0)).amount * share
        step = int(due) - given_back
        assert step >= 0
        given_back += step

    assert given_back == freight
