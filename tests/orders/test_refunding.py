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
    NO_MONEY,
    PAYOUT,
    PRO_RATA,
    Account,
    Part,
    Room,
    Slice,
    Till,
    freight_share,
    give_back,
    invoice,
    refund,
    refund_freight,
)

SUMS = st.integers(0, 10**7)


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """A line of any price, discount, tax and decimal quantity, of which nothing was invoiced yet."""
    ordered = draw(st.decimals("0.001", "50", places=3))
    mode = draw(st.sampled_from([NET, GROSS]))
    amount = line_amount(draw(st.integers(0, 10**6)), ordered, discount=draw(st.integers(0, 10_000)))
    tax = tax_of(amount, draw(st.integers(0, 3_000)), mode)
    return Account(ordered, Slice(amount + tax if mode == NET else amount, tax))


def cut(draw: st.DrawFn, most: Decimal) -> Decimal:
    """A part of a quantity, or all of it."""
    part = draw(st.decimals("0", "1", places=2)) * most
    return draw(st.sampled_from([most, part.quantize(Decimal("0.001"))]))


@given(st.data())
def test_parts_add_up_in_any_order_of_invoices_cancellations_and_refunds(data: st.DataObject):  # O18
    account = data.draw(accounts())
    asked_for, given_back = NO_MONEY, NO_MONEY
    for _step in range(data.draw(st.integers(0, 8))):
        if data.draw(st.booleans()):
            quantity = cut(data.draw, account.uninvoiced)
            asked, account = invoice(account, quantity)
            asked_for += asked
        else:
            quantity = cut(data.draw, account.ordered - account.refunded_quantity)
            if not quantity:
                continue
            of_invoiced, given_up, account = refund(account, quantity, is_canceled=data.draw(st.booleans()))
            asked_for += given_up
            given_back += of_invoiced + given_up
            assert min(of_invoiced.amount, of_invoiced.tax, given_up.amount, given_up.tax) >= 0
        assert account.refunded == given_back
        assert account.invoiced == asked_for
        assert 0 <= given_back.amount <= asked_for.amount <= account.price.amount
        assert 0 <= given_back.tax <= asked_for.tax <= account.price.tax
        assert account.refunded_quantity <= account.invoiced_quantity <= account.ordered

    asked, account = invoice(account, account.uninvoiced)
    of_invoiced, given_up, account = refund(account, account.ordered - account.refunded_quantity)

    assert account.invoiced == account.refunded == account.price
    assert given_up == NO_MONEY


@given(accounts(), st.data())
def test_a_slice_is_less_than_one_minor_unit_from_its_exact_share(
    account: Account, data: st.DataObject
):  # O18
    _asked, invoiced = invoice(account, account.ordered)
    _first, _none, before = refund(invoiced, cut(data.draw, account.ordered))
    quantity = cut(data.draw, account.ordered - before.refunded_quantity)

    share, _none, _after = refund(before, quantity)

    exact = Fraction(account.price.amount) * Fraction(quantity) / Fraction(account.ordered)
    assert abs(share.amount - exact) <= 1


def test_what_is_canceled_is_taken_from_what_no_invoice_asked_for():  # O18
    _asked, account = invoice(Account(Decimal(5), Slice(5000)), Decimal(3))

    asked, given_up, after = refund(account, Decimal(2), is_canceled=True)

    assert (asked, given_up) == (NO_MONEY, Slice(2000))
    assert after.uninvoiced == 0


def test_what_is_returned_was_invoiced_first():  # O18
    _asked, account = invoice(Account(Decimal(5), Slice(5000)), Decimal(3))

    asked, given_up, after = refund(account, Decimal(2))

    assert (asked, given_up) == (Slice(2000), NO_MONEY)
    assert after.uninvoiced == 2


def test_three_thirds_of_a_price_that_cannot_be_divided_by_three_make_the_price():  # O18
    _asked, account = invoice(Account(Decimal(3), Slice(10_000, 1597)), Decimal(3))
    slices = []
    for _piece in range(3):
        share, _none, account = refund(account, Decimal(1))
        slices.append(share)

    assert [each.amount for each in slices] == [3333, 3334, 3333]
    assert [each.tax for each in slices] == [532, 533, 532]


@given(
    amount=SUMS,
    tax_share=st.fractions(0, 1),
    rooms=st.lists(st.tuples(SUMS, SUMS, SUMS), max_size=5),
    advance=SUMS,
)
def test_parts_add_up_and_take_no_more_than_there_is(amount, tax_share, rooms, advance):  # O18
    tax = int(amount * tax_share)
    till = Till(
        open={n: unpaid for n, (_left, unpaid, _paid) in enumerate(rooms)},
        paid={n: paid for n, (_left, _unpaid, paid) in enumerate(rooms)},
        advance=advance,
    )
    before = dict(till.open)

    parts = give_back(
        Slice(amount, tax), [Room(n, left) for n, (left, _o, _p) in enumerate(rooms)], till, from_advance=True
    )

    assert sum(part.amount for part in parts) == amount
    assert sum(part.tax for part in parts) == (tax if amount else 0)
    assert min([0, till.advance, *till.open.values(), *till.paid.values()]) == 0
    for n, (left, _unpaid, paid) in enumerate(rooms):
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


def test_what_was_paid_in_advance_is_paid_out_and_the_rest_credited_before_any_invoice():  # O18
    parts = give_back(Slice(1000), [], Till(advance=300), from_advance=True)

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
    tax=SUMS,
    prices=st.lists(st.integers(0, 10**6), min_size=1, max_size=8),
    invoiced=st.booleans(),
)
def test_pro_rata_freight_adds_up_over_any_number_of_refunds(freight, tax, prices, invoiced):  # O18
    price = Slice(freight, min(tax, freight))
    account = Account(Decimal(1), price, invoiced=price if invoiced else NO_MONEY)
    goods, refunded, back = sum(prices), 0, NO_MONEY
    for n, each in enumerate(prices, 1):
        refunded += each
        is_all = n == len(prices)
        share = freight_share(PRO_RATA, refunded=refunded, goods=goods, is_all=is_all, is_canceled=False)
        asked, given_up, account = refund_freight(account, share)
        assert min(asked.amount, given_up.amount, asked.tax, given_up.tax) >= 0
        back += asked + given_up

    assert back == account.refunded == account.invoiced == price
