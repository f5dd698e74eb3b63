"""Forms about products, their categories and pictures."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.catalog.models import Category, Product
from claimdesk.catalog.pictures import DrawnPicture, draw_picture
from claimdesk.catalog.queries.products import categories, category_choices
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.pictures import NotAPicture
from claimdesk.web.form_fields import field_of

BASIS_POINTS = 100
LARGEST_QUANTITY = Decimal(999_999)
_WORDS_ON_PICTURES = {
    "too_large": gettext_lazy("The picture has more than 10 MB."),
    "too_many_pixels": gettext_lazy("The picture has more than 40 million pixels."),
    "unreadable": gettext_lazy("This is no JPEG, PNG, WebP, GIF or HEIC picture."),
}


def quantity_field(label: Any, **options: Any) -> forms.DecimalField:
    """Return a field of a quantity of more than nothing, with up to three decimals."""
    return forms.DecimalField(
        label=label, min_value=Decimal("0.001"), max_value=LARGEST_QUANTITY, decimal_places=3, **options
    )


class ProductForm(forms.Form):
    """The fields of a product; `seen` tells what the editor saw."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=60)
    ean = forms.CharField(label=gettext_lazy("EAN"), max_length=20, required=False)
    category = forms.TypedChoiceField(
        label=gettext_lazy("Category"), required=False, coerce=int, empty_value=None
    )
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=20, initial="piece")
    tax_rate = forms.DecimalField(
        label=gettext_lazy("Tax rate in %"), min_value=0, max_value=100, decimal_places=2, initial=0
    )
    quantity_step = quantity_field(
        gettext_lazy("Sold in steps of"),
        initial=1,
        help_text=gettext_lazy("1, 0.5 or 12: orders grow by it."),
    )
    quantity_minimum = quantity_field(gettext_lazy("Least quantity"), initial=1)
    stock = forms.ChoiceField(label=gettext_lazy("Stock"), choices=Product.Stock.choices)
    stock_words = forms.CharField(
        label=gettext_lazy("Words about the stock"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Read instead of the stock, as in “from 3 December”."),
    )
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, product: Product | None = None, **kwargs: Any) -> None:
        if product is not None:
            kwargs["initial"] = self.initial_of(product)
        super().__init__(*args, **kwargs)
        choices = [("", _("No category")), *category_choices(actor)]
        field_of(self, "category", forms.TypedChoiceField).choices = choices
        self.shelves = {row.pk: row for row in categories(actor)}

    @classmethod
    def initial_of(cls, product: Product) -> dict[str, Any]:
        """Return what is on file, as the form shows it."""
        values = {name: getattr(product, name) for name in cls.base_fields if hasattr(product, name)}
        steps = {name: values[name].normalize() for name in ("quantity_step", "quantity_minimum")}
        return values | {
            **{name: f"{value:f}" for name, value in steps.items()},
            "category": product.category_id,
            "tax_rate": Decimal(product.tax_rate) / BASIS_POINTS,
            "seen": product.updated_at.isoformat(),
        }

    def clean_category(self) -> Category | None:
        return self.shelves.get(self.cleaned_data["category"])

    def clean_tax_rate(self) -> int:
        return int(self.cleaned_data["tax_rate"] * BASIS_POINTS)


class CategoryForm(forms.Form):
    """A shelf of the shop."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    parent = forms.TypedChoiceField(
        label=gettext_lazy("Stands in"), required=False, coerce=int, empty_value=None
    )
    position = forms.IntegerField(
        label=gettext_lazy("Position"),
        min_value=0,
        max_value=9999,
        initial=0,
        help_text=gettext_lazy("The smallest stands first; equal ones stand by name."),
    )
    is_shown = forms.BooleanField(label=gettext_lazy("Shown in the shop"), required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, category: Category | None = None, **kwargs: Any) -> None:
        if category is not None:
            names = ("name", "position", "is_shown")
            kwargs["initial"] = {name: getattr(category, name) for name in names}
            kwargs["initial"]["parent"] = category.parent_id
        super().__init__(*args, **kwargs)
        own = category.pk if category else None
        others = [(key, path) for key, path in category_choices(actor) if key != own]
        field_of(self, "parent", forms.TypedChoiceField).choices = [
            ("", _("Nothing, it stands on top")),
            *others,
        ]
        self.shelves = {row.pk: row for row in categories(actor)}

    def clean_parent(self) -> Category | None:
        return self.shelves.get(self.cleaned_data["parent"])


class PictureForm(forms.Form):
    """A picture of a product, drawn anew."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("JPEG, PNG, WebP, GIF or HEIC, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    description = forms.CharField(
        label=gettext_lazy("What it shows"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Read to those who do not see the picture."),
    )

    def clean_picture(self) -> DrawnPicture:
        file = self.cleaned_data["picture"]
        try:
            return draw_picture(file, size=file.size)
        except NotAPicture as refusal:
            raise forms.ValidationError(str(_WORDS_ON_PICTURES[refusal.reason])) from refusal
