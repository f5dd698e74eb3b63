"""The life of a warranty claim as a PDF: the same picture as on the page, fitted to a sheet (W13)."""

from django.utils.translation import gettext as _

from claimdesk.aftersales.claim_diagram import HEIGHT, LINE, MARGIN, Picture, from_everywhere, picture
from claimdesk.company.models import Company
from claimdesk.web.documents.sheet import BLACK, FAMILY, GREY, SMALL, WIDTH, Sheet
from claimdesk.web.documents.sheet import MARGIN as EDGE

TALLEST = 190.0
HEAD = 5.0
POINTS = 72 / 25.4


def claim_process_as_pdf(seller: Company) -> bytes:
    """Return the diagram as PDF, in the reader's language."""
    sheet = Sheet(seller, title=_("The life of a warranty claim"))
    sheet.write_words(_("The life of a warranty claim"), bold=True, size=13)
    sheet.ln(3)
    drawn = picture()
    scale = min(WIDTH / drawn.width, TALLEST / drawn.height)
    top = sheet.get_y()
    _draw(sheet, drawn, scale, top)
    sheet.set_y(top + drawn.height * scale + 4)
    sheet.write_words(
        _("From every state but draft and closed: %s.") % ", ".join(from_everywhere()), size=SMALL
    )
    return bytes(sheet.output())


def _draw(sheet: Sheet, drawn: Picture, scale: float, top: float) -> None:
    left = EDGE + (WIDTH - drawn.width * scale) / 2

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return left + (point[0] + MARGIN) * scale, top + (point[1] + MARGIN) * scale

    sheet.set_draw_color(*GREY)
    sheet.set_line_width(0.25)
    for arrow in drawn.arrows:
        begin = arrow.begin
        for one, other, end in arrow.pieces:
            sheet.bezier([at(begin), at(one), at(other), at(end)])
            begin = end
        if arrow.is_last:
            up = -HEAD if arrow.pieces[-1][1][1] < begin[1] else HEAD
            head = [at(begin), at((begin[0] - 3, begin[1] + up)), at((begin[0] + 3, begin[1] + up))]
            sheet.set_fill_color(*GREY)
            sheet.polygon(head, style="F")
    sheet.set_fill_color(255, 255, 255)
    for label in drawn.labels:
        _words(
            sheet, label.lines, at(label.at), (label.width * scale, LINE * scale), 10 * scale, is_bold=False
        )
    for box in drawn.boxes:
        x, y = at(box.at)
        width, height = box.width * scale, HEIGHT * scale
        sheet.rect(
            x - width / 2, y - height / 2, width, height, style="DF", round_corners=True, corner_radius=1
        )
        _words(sheet, [box.words], (x, y), (width - 0.6, height - 0.6), 12 * scale, is_bold=True)


def _words(
    sheet: Sheet,
    lines: list[str],
    middle: tuple[float, float],
    size: tuple[float, float],
    letters: float,
    *,
    is_bold: bool,
) -> None:
    """Write lines around a middle; `letters` is their height in millimetres, `size` the room of one line."""
    width, height = size
    sheet.set_font(FAMILY, "B" if is_bold else "", letters * POINTS)
    sheet.set_text_color(*BLACK)
    for place, line in enumerate(lines):
        sheet.set_xy(middle[0] - width / 2, middle[1] + (place - len(lines) / 2) * height)
        sheet.cell(width, height, line, align="C", fill=True)
