"""E-mail (EML): headers and words as one document, attachments as files of their own."""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from html import unescape
from itertools import compress, groupby, takewhile
from typing import NamedTuple

from vanban.blocks import Piece
from vanban.document import Document
from vanban.errors import DocumentError
from vanban.loaders.encodings import decode
from vanban.loaders.legacy import note_of, repair
from vanban.loaders.limits import TEXT_LIMIT
from vanban.loaders.refusals import refuse
from vanban.pages.wrapping import join_wrapped
from vanban.patterns import regex

__all__ = ["Attachment", "attachments_of", "load_mail"]

MEDIA_TYPE = "message/rfc822"

_HEADERS = (("From", "Từ"), ("To", "Đến"), ("Cc", "Đồng gửi"), ("Date", "Ngày gửi"))
_FORWARDED = regex(r"(?:fwd?|chuyển tiếp|cht)\s*:", re.I)
_QUOTED = regex(r"\A(?:>[ \t]?)+")
_HEADS_QUOTED = regex(
    r"[\s*]*(?P<field>From|To|Cc|Sent|Date|Subject|Từ|Người gửi|Đến|Tới|Người nhận|Đồng gửi|Đã gửi"
    r"|Ngày gửi|Ngày|Gửi|Chủ đề|Tiêu đề)[\s*]*:[\s*]*\S",
)
_SENDER = frozenset({"From", "Từ", "Người gửi"})
_FEWEST_HEADERS, _MOST_HEADER_LINES = 3, 10
"""Lines that name who wrote to whom and when, in a row: what is below them is that mail."""
_WROTE = regex(
    r"-{3,} ?(?:Original Message|Forwarded message|Thư gốc|Thư chuyển tiếp) ?-{3,}"
    r"|(?:On|Vào|Lúc) [^\n]{8,150} (?:wrote|đã viết|viết):"
)
"""A line of its own above what is quoted."""
_SAYS = regex(r"[^\W_]")
_LINE = regex(r"[^\n]*\S[^\n]*")
_MUCH_MORE = 3
"""Where a page says so many times what the plain words say, those only point to it."""
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
    page = mail.get_body(preferencelist=("html",))
    if body is None:
        return [], ()
    is_forwarded = _FORWARDED.match(_header(mail, "Subject")) is not None
    if page is not None and page is not body:
        read, notes = _words_of(page, name, is_forwarded=is_forwarded)
        plain = len(_payload(body).split())
        # Some programs write nothing but "see the other part" where the words should be.
        if sum(len(p.text.split()) for p in read) > _MUCH_MORE * plain:
            return read, notes
    return _words_of(body, name, is_forwarded=is_forwarded)


def _words_of(
    body: MIMEPart, name: str, *, is_forwarded: bool
) -> tuple[list[Piece], tuple[str, ...]]:
    """The words of one part of a mail.

    Args:
        is_forwarded: what is quoted of another mail is what this one brings, not furniture.
    """
    content = _payload(body)
    if len(content) > TEXT_LIMIT:
        raise refuse("too-much-text", name=name, limit=TEXT_LIMIT // 1024**2)
    if not content.strip():
        return [], ()
    if body.get_content_type() == "text/html":
        return _words_of_page(content, name, is_forwarded=is_forwarded)
    text, notes = decode(content, name=name, declared=body.get_content_charset())
    text, encoding = repair(unescape(text) if "&#" in text else text)
    if encoding:
        notes += (note_of(encoding),)
    lines = _lines(text)
    begin = _quoted_from(lines)
    quotes = [at >= begin or line.startswith(">") for at, line in enumerate(lines)]
    says = any(_SAYS.search(line) and not q for line, q in zip(lines, quotes, strict=True))
    aside = says and not is_forwarded
    pieces: list[Piece] = []
    for is_quoted, run in groupby(zip(quotes, lines, strict=True), key=lambda one: one[0]):
        bare = "\n".join(_QUOTED.sub("", line) if is_quoted else line for _, line in run)
        pieces += [
            Piece(line, "furniture", None, "quoted") if aside and is_quoted else Piece(line)
            for line in _unwrapped(bare)
            if line.strip()
        ]
    quoted = sum(bool(_QUOTED.sub("", line).strip()) for line in compress(lines, quotes))
    return pieces, notes + _told(quoted if aside else 0)


def _words_of_page(
    content: bytes, name: str, *, is_forwarded: bool
) -> tuple[list[Piece], tuple[str, ...]]:
    from vanban.loaders.html import load_html

    try:
        page = load_html(content, name=name)
    except DocumentError as e:
        if e.code == "blank":
            return [], ()
        raise
    texts = [page.text[b.start : b.end] for b in page.blocks]
    begin = len(texts) if is_forwarded else _quoted_from(texts)
    if not any(map(_SAYS.search, texts[:begin])):
        begin = len(texts)
    pieces = [
        Piece(text, "furniture", None, "quoted")
        if at >= begin
        else Piece(text, b.kind, None, b.place)
        for at, (text, b) in enumerate(zip(texts, page.blocks, strict=True))
    ]
    return pieces, page.notes + _told(len(texts) - begin)


def _told(quoted: int) -> tuple[str, ...]:
    """The note on what is set aside.

    Args:
        quoted: lines of another mail.
    """
    if not quoted:
        return ()
    return (f"Thư trích lại {quoted} dòng của thư khác; phần trích được để riêng.",)


def _quoted_from(lines: Sequence[str]) -> int:
    """The first of the lines from which on another mail is quoted; their number if none is.

    Programs that put no ">" before a line quote below a line that says who wrote, or below the
    headers of that mail.
    """
    for at, line in enumerate(lines):
        if _WROTE.fullmatch(line.strip()) is not None:
            return at
        if (first := _HEADS_QUOTED.match(line)) is None or first["field"] not in _SENDER:
            continue
        below = (one for one in lines[at : at + _MOST_HEADER_LINES] if one.strip())
        headers = takewhile(lambda one: _HEADS_QUOTED.match(one) is not None, below)
        if sum(1 for _ in headers) >= _FEWEST_HEADERS:
            return at
    return len(lines)


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r") for line in text.replace("\r\n", "\n").split("\n")]


def _unwrapped(text: str) -> Iterator[str]:
    """Paragraphs of a plain body: mail programs break lines near 76 letters."""
    spans = [found.span() for found in _LINE.finditer(text)]
    joined = join_wrapped(text, spans)
    if len(joined) < len(spans):
        yield from (" ".join(text[start:end].split("\n")) for start, end in joined)
        return
    # Too short a letter to tell its width.
    paragraph = ""
    for line in text.split("\n"):
        if paragraph and len(paragraph.rsplit("\n", 1)[-1]) >= 60 and line[:1].islower():
            paragraph = f"{paragraph.rstrip()}\n{line}"
            continue
        if paragraph:
            yield " ".join(paragraph.split("\n"))
        paragraph = line
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
