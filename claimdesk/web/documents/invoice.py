"""An invoice as PDF (O17)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from fpdf.fonts import FontFace

from claimdesk.company.models import Company
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.dates import day
from claimdesk.kernel.money import format_amount
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.orders.models import Invoice, InvoiceLine
from claimdesk.web.documents.sheet import FAMILY, GREY, LARGE, LINE, MARGIN, PALE, PLAIN, SMALL, WIDTH, Sheet

COLUMNS = (86, 20, 32, 32)
SUMS_AT = MARGIN + 90


@dataclass(frozen=True, slots=True)
class InvoicePaper:
    """All that stands on the paper; `language` is the customer's."""

    invoice: Invoice
    lines: list[InvoiceLine]
    customer: Customer
    address: Address | None
    seller: Company
    language: str
    order_number: str = ""
    po_number: str = ""


def draw_invoice(paper: InvoicePaper) -> bytes:
    """Return the PDF."""
    title = _("Invoice %(number)s") % {"number": paper.invoice.number}
    sheet = Sheet(paper.seller, title=title)
    sheet.set_lang(paper.language)
    _write_head(sheet, paper)
    sheet.write_words(title, bold=True, size=LARGE)
    if paper.invoice.state == Invoice.State.VOID:
        sheet.write_words(_("This invoice is void."), bold=True, colour=(176, 32, 32))
    sheet.ln(3)
    if paper.lines:
        _write_lines(sheet, paper)
    _write_sums(sheet, paper)
    return bytes(sheet.output())


def _write_head(sheet: Sheet, paper: InvoicePaper) -> None:
    """Write the customer's address, and beside it what the invoice refers to."""
    top = sheet.get_y()
    sheet.write_pairs(
        [
            (_("Invoice number"), paper.invoice.number),
            (_("Date"), day(paper.invoice.issued_on)),
            (_("Due"), day(paper.invoice.due_on)),
            (_("Customer number"), paper.customer.number),
            (_("Order"), paper.order_number),
            (_("Your order number"), paper.po_number),
            (_("Your tax number"), paper.customer.tax_number),
        ],
        at=MARGIN + 95,
        width=WIDTH - 95,
    )
    bottom = sheet.get_y()
    sheet.set_y(top)
    sheet.set_font(FAMILY, "", PLAIN)
    sheet.multi_cell(85, LINE, _address_of(paper), new_x="LMARGIN", new_y="NEXT")
    sheet.set_y(max(bottom, sheet.get_y(), top + 30) + 6)


def _address_of(paper: InvoicePaper) -> str:
    place = paper.address
    if place is None:
        return paper.customer.name
    town = f"{place.postcode} {place.town}".strip()
    parts = [paper.customer.name, place.street, town, place.region, place.country]
    return "\n".join(part for part in parts if part)


def _write_lines(sheet: Sheet, paper: InvoicePaper) -> None:
    currency, language = paper.invoice.currency, paper.language
    head = FontFace(emphasis="BOLD", size_pt=SMALL, color=GREY)
    sheet.set_font(FAMILY, "", PLAIN)
    sheet.set_draw_color(*PALE)
    with sheet.table(
        col_widths=COLUMNS,
        text_align=("LEFT", "RIGHT", "RIGHT", "RIGHT"),
        borders_layout="HORIZONTAL_LINES",
        headings_style=head,
        line_height=LINE + 0.8,
        padding=(1, 1),
        v_align="TOP",
    ) as table:
        table.row([_("Article"), _("Quantity"), _("Net"), _("Tax")])
        for line in paper.lines:
            table.row(
                [
                    line.description,
                    shown_quantity(line.quantity),
                    format_amount(line.amount, currency, language),
                    format_amount(line.tax, currency, language),
                ]
            )
    sheet.ln(4)


def _write_sums(sheet: Sheet, paper: InvoicePaper) -> None:
    invoice = paper.invoice

    def words(amount: int) -> str:
        return format_amount(amount, invoice.currency, paper.language)

    sums = [(_("Net"), words(invoice.net)), (_("Tax"), words(invoice.tax))]
    sheet.write_pairs(sums, at=SUMS_AT, width=WIDTH - 90)
    _write_strong(sheet, _("Total"), words(invoice.total))
    taken = [(_("Paid"), invoice.paid), (_("Credited"), invoice.credited)]
    sheet.write_pairs(
        [(label, words(-amount)) for label, amount in taken if amount], at=SUMS_AT, width=WIDTH - 90
    )
    if invoice.state == Invoice.State.OPEN and (invoice.paid or invoice.credited):
        _write_strong(sheet, _("Open amount"), words(invoice.open_amount))
    if invoice.open_amount and invoice.due_on:
        sheet.ln(6)
        sheet.write_words(_("Please pay until %(day)s.") % {"day": day(invoice.due_on)})


def _write_strong(sheet: Sheet, label: str, value: str) -> None:
    sheet.set_x(SUMS_AT)
    sheet.set_font(FAMILY, "B", PLAIN + 1)
    width = WIDTH - 90
    sheet.cell(width * 0.45, LINE + 2, label, border="T")
    sheet.cell(width * 0.55, LINE + 2, value, border="T", align="R", new_x="LMARGIN", new_y="NEXT")
