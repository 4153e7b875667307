"""A row people call by a name, in both languages."""

from django.db import models
from django.utils.translation import get_language

__all__ = ["Named"]


class Named(models.Model):
    """A row people call by a name, in both languages where both are given."""

    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    is_on = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=0)
    """Counts its changes, so that nobody overwrites what they did not see."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name
