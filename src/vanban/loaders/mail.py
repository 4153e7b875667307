"""E-mail (EML): headers and words as one document, attachments as files of their own."""

import email
import email.policy
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from html import unescape
from typing import NamedTuple

from vanban.blocks import Piece
from vanban.document import Document
from vanban.errors import DocumentError
from vanban.loaders.encodings import decode
from vanban.loaders.legacy import note_of, repair
from vanban.loaders.limits import TEXT_LIMIT
from vanban.loaders.refusals import refuse

__all__ = ["Attachment", "attachments_of", "load_mail"]

MEDIA_TYPE = "message/rfc822"

_HEADERS = (("From", "Từ"), ("To", "Đến"), ("Cc", "Đồng gửi"), ("Date", "Ngày gửi"))
_MOST_PARTS = 200
_MOST_ATTACHMENTS = 50


class Attachment(NamedTuple):
    """A file that came with a mail: its name as the mail gives it, and its bytes."""

    name: str
    data: bytes


def load_mail(data: bytes, *, name: str) -> Document:
    """Make a document of a mail: who wrote to whom and when, the subject, the words.

    The headers are furniture, the subject is the title. Attachments are named in a note and left
    to `attachments_of`.

    Raises:
        DocumentError: it has no words and no subject, or holds too many parts.
    """
    mail = _open(data, name)
    subject = " ".join(str(mail.get("Subject") or "").split())
    pieces = [
        Piece(f"{word}: {text}", "furniture", None, "mail header")
        for header, word in _HEADERS
        if (text := _header(mail, header))
    ]
    if subject:
        pieces.append(Piece(subject, "heading", None, "subject"))
    words, notes = _words(mail, name)
    pieces += words
    attached = [a.name for a in _attachments(mail)]
    if not words and not subject and not attached:
        raise refuse("blank", name=name)
    if attached:
        told = ", ".join(f"«{a}»" for a in attached)
        notes += (f"Thư có {len(attached)} tệp kèm theo, là tài liệu riêng: {told}.",)
    sent = _sent(mail)
    return Document.from_pieces(
        pieces,
        name=name,
        media_type=MEDIA_TYPE,
        notes=notes,
        title=subject,
        published=sent.date().isoformat() if sent else None,
    )


def attachments_of(data: bytes, *, name: str) -> tuple[Attachment, ...]:
    """The files that came with a mail, in order; pictures shown inside its words are left out.

    Args:
        data: the whole mail.
        name: its file name, for messages.
    Raises:
        DocumentError: it holds too many parts.
    """
    return tuple(_attachments(_open(data, name)))


def _open(data: bytes, name: str) -> EmailMessage:
    mail = email.message_from_bytes(data, policy=email.policy.default)
    if sum(1 for _ in zip(mail.walk(), range(_MOST_PARTS + 1), strict=False)) > _MOST_PARTS:
        raise refuse("bomb", name=name)
    return mail


def _header(mail: EmailMessage, header: str) -> str:
    if header == "Date" and (sent := _sent(mail)):
        return f"{sent:%H:%M, %d/%m/%Y}"
    try:
        return " ".join(str(mail.get(header) or "").split())
    except (ValueError, IndexError, AttributeError):
        return ""  # The standard library raises these over some headers it cannot parse.


def _sent(mail: EmailMessage) -> datetime | None:
    try:
        moment = getattr(mail.get("Date"), "datetime", None)
    except (ValueError, IndexError, AttributeError, TypeError):
        return None
    return moment if isinstance(moment, datetime) else None


def _words(mail: EmailMessage, name: str) -> tuple[list[Piece], tuple[str, ...]]:
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is None:
        return [], ()
    content = _payload(body)
    if len(content) > TEXT_LIMIT:
        raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // 1024**2)
    if not content.strip():
        return [], ()
    if body.get_content_type() == "text/html":
        from vanban.loaders.html import load_html

        try:
            page = load_html(content, name=name)
        except DocumentError as e:
            if e.code == "blank":
                return [], ()
            raise
        blocks = [(page.text[b.start : b.end], b) for b in page.blocks]
        return [Piece(text, b.kind, None, b.place) for text, b in blocks], page.notes
    text, notes = decode(content, name=name, declared=body.get_content_charset())
    text, encoding = repair(unescape(text) if "&#" in text else text)
    if encoding:
        notes += (note_of(encoding),)
    return [Piece(line) for line in _unwrapped(text) if line.strip()], notes


def _unwrapped(text: str) -> Iterator[str]:
    """Paragraphs of a plain body: mail programs break lines near 76 letters."""
    paragraph = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        bare = line.rstrip("\r")
        goes_on = paragraph and len(paragraph.rsplit("\n", 1)[-1]) >= 60 and bare[:1].islower()
        if goes_on:
            paragraph = f"{paragraph.rstrip()}\n{bare}"
            continue
        if paragraph:
            yield " ".join(paragraph.split("\n"))
        paragraph = "" if bare.startswith(">") else bare
    if paragraph:
        yield " ".join(paragraph.split("\n"))


def _attachments(mail: EmailMessage) -> Iterator[Attachment]:
    if mail.get_content_type() == "multipart/related":
        return  # A page saved with its pictures (MHT).
    for number, part in enumerate(mail.iter_attachments(), start=1):
        if number > _MOST_ATTACHMENTS:
            return
        if part.get_content_disposition() == "inline" and part.get_content_maintype() == "image":
            continue
        given = part.get_filename()
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else part
            content = inner.as_bytes() if isinstance(inner, EmailMessage) else b""
            yield Attachment(given or f"thu-kem-{number}.eml", content)
        elif content := _payload(part):
            yield Attachment(" ".join((given or f"tep-kem-{number}").split()), content)


def _payload(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
