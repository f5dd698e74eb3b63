"""Why something is claimed: a list that the seller edits (R1)."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language


class ReclamationCause(models.Model):
    """A cause of reclamations, named in the seller's languages.

    `names` are by code of language ("en": "faulty"). One that is not active is offered no more and stays where
    it was chosen.
    """

    names = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is called in the reader's language, or in the first language that has a name for it."""
        spoken = (get_language() or "").partition("-")[0]
        known = (spoken, settings.LANGUAGE_CODE, *sorted(self.names))
        return next((self.names[code] for code in known if self.names.get(code)), "")
