"""What a file tells about people besides its text, and what marks were found, in sentences."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

__all__ = ["mark_words", "told_sentences"]


def told_sentences(told: Mapping[str, Any]) -> list[str]:
    """One sentence for each thing a file tells, so that who brought it can clean it first.

    Args:
        told: what `FileCheck.told` keeps.
    """
    said = []
    if name := told.get("author"):
        said.append(_("The file names its author: %(name)s.") % {"name": name})
    if name := told.get("last_modified_by"):
        said.append(_("It names who changed it last: %(name)s.") % {"name": name})
    if name := told.get("company"):
        said.append(_("It names an organisation: %(name)s.") % {"name": name})
    counts = told.get("n_located", 0), told.get("n_changes", 0), told.get("n_comments", 0)
    n_located, n_changes, n_comments = counts
    if n_located:
        said.append(
            ngettext(
                "%(n)s picture tells where it was taken.",
                "%(n)s pictures tell where they were taken.",
                n_located,
            )
            % {"n": n_located}
        )
    if devices := told.get("devices"):
        said.append(_("Its pictures name a camera: %(names)s.") % {"names": ", ".join(devices)})
    if n_changes:
        said.append(
            ngettext("It holds %(n)s tracked change.", "It holds %(n)s tracked changes.", n_changes)
            % {"n": n_changes}
        )
    if n_comments:
        said.append(
            ngettext(
                "It holds %(n)s comment in the margin.",
                "It holds %(n)s comments in the margin.",
                n_comments,
            )
            % {"n": n_comments}
        )
    if n_attached := told.get("n_attached", 0):
        said.append(
            ngettext(
                "It carries %(n)s attached file, which is not read.",
                "It carries %(n)s attached files, which are not read.",
                n_attached,
            )
            % {"n": n_attached}
        )
    return said


def mark_words(marks: Iterable[tuple[str, str]]) -> list[str]:
    """What marks were found, in words; each once.

    Args:
        marks: pairs of rule and level, as `Stop.marks` keeps them.
    """
    rules = {
        "secrecy.stamp": _("a stamp"),
        "secrecy.title": _("the title of a secret document"),
        "secrecy.stated": _("a line that states the degree"),
        "secrecy.own_number": _("a number of the secret series"),
        "secrecy.cited_number": _("a secret document is cited by its number"),
        "secrecy.limited": _("a limit on who may have it"),
        "secrecy.declared": _("a sentence in which it speaks of itself"),
        "secrecy.name": _("the name of the file"),
    }
    levels = {
        "top_secret": pgettext("secrecy", "Top secret"),
        "secret": pgettext("secrecy", "Secret"),
        "confidential": pgettext("secrecy", "Confidential"),
        "internal": pgettext("secrecy", "For internal use"),
        "unstated": pgettext("secrecy", "degree not stated"),
    }
    words = [f"{rules.get(rule, rule)} ({levels.get(level, level)})" for rule, level in marks]
    return list(dict.fromkeys(words))
