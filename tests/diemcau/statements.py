"""Documents and statements made by hand, as the reader would have left them."""

import datetime as dt
import hashlib
import itertools

from django.utils import timezone

from diemcau.documents.models import Document, Reading, Statement, StatementState, TextVersion
from vanban.letters import fold

__all__ = ["make_document", "make_statement"]

_count = itertools.count(1)


def make_document(text="Một câu.", *, event_on=None, name="", outlet="", near_copy_of=None):
    """A stored document with one text version and one reading; `text` grows by statements."""
    name = name or f"van-ban-{next(_count)}.txt"
    day = dt.date.fromisoformat(event_on) if event_on else None
    document = Document.objects.create(
        sha256=hashlib.sha256(f"{name}{next(_count)}".encode()).hexdigest(),
        name=name,
        title=name.removesuffix(".txt"),
        outlet=outlet,
        size=len(text),
        media_type="text/plain",
        event_on=day,
        near_copy_of=near_copy_of,
        added_at=timezone.now(),
    )
    version = TextVersion.objects.create(
        document=document,
        number=1,
        text=text,
        folded="",
        text_sha256="",
        blocks=[],
        made_at=timezone.now(),
    )
    Reading.objects.create(
        text_version=version, engine_version="0", read_at=timezone.now(), seconds=0, counts={}
    )
    return document


def make_statement(
    document, kind, quote, /, *, state=StatementState.PROPOSED, sentence="", **values
):
    """A statement whose sentence is written into the document's text, so that its anchor holds."""
    version = document.texts.get()
    sentence = sentence or f"{quote}."
    start = len(version.text) + 1 + sentence.index(quote)
    version.text = f"{version.text}\n{sentence}"
    version.folded = fold(version.text)
    version.save()
    end = start + len(quote)
    assert version.text[start:end] == quote
    return Statement.objects.create(
        document=document,
        text_version=version,
        reading=version.readings.get(),
        kind=kind,
        start=start,
        end=end,
        quote=quote,
        folded=fold(quote),
        rule="by-hand",
        confidence=0.9,
        data={"quote": quote, "start": start, "end": end, **values},
        state=state,
    )
