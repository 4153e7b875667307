"""A stored text as HTML, its statements marked where they stand, however they nest or overlap."""

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from diemcau.documents.models import Statement, TextVersion
from diemcau.web.documents.wording import kind_tag, state_sign

__all__ = ["marked_text"]

_TAGS = {"heading": "h2", "paragraph": "p", "row": "p", "caption": "p", "furniture": "p"}


def marked_text(
    version: TextVersion, statements: Iterable[Statement], *, here: int | None = None
) -> SafeString:
    """The text of a document, block by block.

    Each statement opens with a small link to its card (`#c<id>`, itself `id="s<id>"`), and its run
    is cut at every other statement's ends, so that marks never nest; each piece names all the
    statements it belongs to in `data-s`. Linear in the text, given the statements of one place.
    Args:
        statements: of this version, in any order.
        here: the statement to show as the one asked for.
    """
    waiting = sorted(statements, key=lambda s: (s.start, -s.end, s.pk), reverse=True)
    active: list[Statement] = []
    out: list[str] = []
    for start, end, kind, _page, place in version.blocks:
        tag = _TAGS.get(kind, "p")
        title = f' title="{escape(place)}"' if place else ""
        out.append(f'<{tag} class="block {kind}"{title}>')
        at = start
        while at < end:
            active = [s for s in active if s.end > at]
            while waiting and waiting[-1].start <= at:
                opened = waiting.pop()
                if opened.end > at:
                    out.append(_tag(opened, here))
                    active.append(opened)
            until = min(
                [end, *(s.end for s in active), *(s.start for s in waiting[-1:] if s.start > at)]
            )
            out.append(_piece(version.text[at:until], active, here))
            at = until
        out.append(f"</{tag}>\n")
    return mark_safe("".join(out))


def _tag(statement: Statement, here: int | None) -> str:
    label = f"{statement.get_kind_display()}: {statement.get_state_display()}"
    current = " here" if statement.pk == here else ""
    return (
        f'<a class="tag k-{statement.kind} is-{statement.state}{current}" id="s{statement.pk}"'
        f' href="#c{statement.pk}" aria-label="{escape(label)}" title="{escape(label)}">'
        f"{escape(kind_tag(statement.kind))}{state_sign(statement.state)}</a>"
    )


def _piece(text: str, active: Sequence[Statement], here: int | None) -> str:
    if not active:
        return escape(text)
    inner = min(active, key=lambda s: (s.end - s.start, s.pk))
    ids = " ".join(str(s.pk) for s in active)
    classes = [f"k-{inner.kind}"]
    classes += ["nested"] if len(active) > 1 else []
    classes += ["here"] if any(s.pk == here for s in active) else []
    return f'<mark class="{" ".join(classes)}" data-s="{ids}">{escape(text)}</mark>'
