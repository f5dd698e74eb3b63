"""How forms look: Django's form renderer with our templates. FORM_RENDERER names it."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders forms, fields and errors from web/forms/."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
