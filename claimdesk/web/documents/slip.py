"""The slip that travels with goods of an RMA (M2): its number to scan and to read, where to, what, until when."""

from dataclasses import dataclass
from io import BytesIO

import segno
from django.utils.translation import gettext as _
from fpdf.fonts import FontFace

from claimdesk.aftersales.models import Rma, RmaLine
from claimdesk.company.models import Company
from claimdesk.kernel.dates import day
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.web.documents.sheet import FAMILY, GREY, LARGE, LINE, MARGIN, PALE, PLAIN, SMALL, WIDTH, Sheet

COLUMNS = (60, 85, 25)
# Millimetres: wide bars, of which narrow ones are a third, as wide as any scanner and phone reads them. Code 39 bears
# capital letters, digits and the hyphen, as our numbers do.
BAR, BAR_HEIGHT, SQUARE = 1.2, 16, 34


@dataclass(frozen=True, slots=True)
class SlipPaper:
    """All that stands on the slip; `address` is the RMA's in the office, for the phone of whoever opens the parcel."""

    rma: Rma
    about: str
    lines: list[RmaLine]
    seller: Company
    language: str
    address: str


def draw_slip(paper: SlipPaper) -> bytes:
    """Return the PDF."""
    sheet = Sheet(paper.seller, title=paper.rma.number)
    sheet.set_lang(paper.language)
    sheet.write_words(paper.rma.number, bold=True, size=LARGE)
    sheet.write_words(_("Please put this slip into the parcel."))
    sheet.ln(3)
    _draw_codes(sheet, paper)
    _write_head(sheet, paper)
    _write_lines(sheet, paper)
    if paper.rma.note:
        sheet.write_words(paper.rma.note)
    return bytes(sheet.output())


def _draw_codes(sheet: Sheet, paper: SlipPaper) -> None:
    """Draw the number as bars, and the address of the RMA as a square."""
    top = sheet.get_y()
    sheet.code39(f"*{paper.rma.number}*", x=MARGIN, y=top, w=BAR, h=BAR_HEIGHT)
    sheet.set_y(top + BAR_HEIGHT + 1)
    sheet.set_font(FAMILY, "B", PLAIN + 2)
    sheet.cell(WIDTH - SQUARE, LINE + 1, paper.rma.number)
    picture = BytesIO()
    segno.make(paper.address, error="m", micro=False).save(picture, kind="png", scale=8, border=2)
    sheet.image(picture, x=MARGIN + WIDTH - SQUARE, y=top - 4, w=SQUARE, alt_text=paper.address)
    sheet.set_y(top + SQUARE + 2)


def _write_head(sheet: Sheet, paper: SlipPaper) -> None:
    """Write where the goods are sent to, and beside it who sends them and until when."""
    top = sheet.get_y()
    sheet.write_pairs(
        [
            (_("Send until"), day(paper.rma.expires_on)),
            (_("Customer"), paper.rma.customer.name),
            (_("Customer number"), paper.rma.customer.number),
            (_("For claim"), paper.about),
            (_("Issued"), day(paper.rma.issued_at)),
        ],
        at=MARGIN + 95,
        width=WIDTH - 95,
    )
    bottom = sheet.get_y()
    sheet.set_y(top)
    sheet.write_pairs([(_("Ship to"), " ")], at=MARGIN, width=85)
    sheet.set_font(FAMILY, "B", PLAIN + 1)
    sheet.multi_cell(85, LINE + 0.5, paper.rma.ship_to, new_x="LMARGIN", new_y="NEXT")
    sheet.set_y(max(bottom, sheet.get_y()) + 6)


def _write_lines(sheet: Sheet, paper: SlipPaper) -> None:
    head = FontFace(emphasis="BOLD", size_pt=SMALL, color=GREY)
    sheet.set_font(FAMILY, "", PLAIN)
    sheet.set_draw_color(*PALE)
    with sheet.table(
        col_widths=COLUMNS,
        text_align=("LEFT", "LEFT", "RIGHT"),
        borders_layout="HORIZONTAL_LINES",
        headings_style=head,
        line_height=LINE + 0.8,
        padding=(1, 1),
        v_align="TOP",
    ) as table:
        table.row([_("Serial number"), _("Article"), _("Quantity")])
        for line in paper.lines:
            serial = line.unit.serial if line.unit else ""
            table.row([serial, _article(line), shown_quantity(line.quantity)])
    sheet.ln(4)


def _article(line: RmaLine) -> str:
    return f"{line.product.number} {line.description}" if line.product else line.description
