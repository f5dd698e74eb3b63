"""A sheet of paper: A4, the house's fonts, the seller on top, pages counted at the foot."""

from pathlib import Path

from django.utils.translation import gettext as _
from fpdf import FPDF

from claimdesk.company.models import Company
from claimdesk.kernel.text import tidy

DATA = Path(__file__).parent / "data"
FAMILY = "DejaVu"
MARGIN, WIDTH = 20, 170
SMALL, PLAIN, LARGE = 8, 9.5, 15
LINE = 5
PALE, GREY, BLACK = (200, 200, 200), (96, 96, 96), (0, 0, 0)


class Sheet(FPDF):
    """Pages with a head and a foot; sizes are millimetres."""

    def __init__(self, seller: Company, *, title: str) -> None:
        super().__init__(format="A4")
        self.seller = seller
        for style, file in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            self.add_font(FAMILY, style, DATA / file)
        self.set_margins(MARGIN, 18, MARGIN)
        self.set_auto_page_break(True, margin=34)
        self.set_title(title)
        self.set_author(seller.name)
        self.set_creator("Claimdesk")
        self.add_page()

    def header(self) -> None:
        self.write_words(self.seller.name, bold=True, size=LARGE)
        contact = " · ".join(filter(None, (self.seller.email, self.seller.phone, self.seller.website)))
        self.write_words(contact, size=SMALL, colour=GREY)
        self.set_draw_color(*PALE)
        self.line(MARGIN, self.get_y() + 1, MARGIN + WIDTH, self.get_y() + 1)
        self.ln(8)

    def footer(self) -> None:
        self.set_y(-28)
        self.write_words(self.seller.invoice_footer, size=SMALL - 1, colour=GREY, line=3.5)
        self.set_y(-12)
        self.set_font(FAMILY, "", SMALL)
        self.set_text_color(*GREY)
        page = _("Page %(page)s of %(pages)s") % {"page": self.page_no(), "pages": "{nb}"}
        self.cell(WIDTH, 5, page, align="C")
        self.set_text_color(*BLACK)

    def write_words(
        self,
        words: str,
        *,
        bold: bool = False,
        size: float = PLAIN,
        colour: tuple[int, int, int] = BLACK,
        line: float = LINE,
    ) -> None:
        """Write words on lines of their own; nothing where there are none."""
        if not words.strip():
            return
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)
        self.multi_cell(WIDTH, max(line, size * 0.45), words.strip(), new_x="LMARGIN", new_y="NEXT")
        self.set_text_color(*BLACK)

    def write_pairs(self, pairs: list[tuple[str, str]], *, at: float, width: float) -> None:
        """Write labels and values in two columns, beginning `at` millimetres from the left edge."""
        for label, value in pairs:
            if not value:
                continue
            self.set_x(at)
            self.set_font(FAMILY, "", SMALL)
            self.set_text_color(*GREY)
            self.cell(width * 0.45, LINE, label)
            self.set_text_color(*BLACK)
            self.set_font(FAMILY, "", PLAIN)
            self.multi_cell(width * 0.55, LINE, tidy(value), align="R", new_x="LMARGIN", new_y="NEXT")
