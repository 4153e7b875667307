"""One record per number: put together what its words, its sentence and its frame say of it."""

import re
from dataclasses import replace
from decimal import Decimal

from vanban.readers.figures.measures import find_cues, find_measure, words_measured
from vanban.readers.figures.periods import Frame, find_period
from vanban.readers.figures.roles import find_role, plain_role
from vanban.readers.figures.subjects import Topic, find_subject, find_topic
from vanban.records import Figure
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity

__all__ = ["read_figures"]


def read_figures(scan: Scan) -> list[Figure]:
    """Every figure the content claims.

    The number's own words come first: the noun behind it, the nearest measure before it in its
    sentence, then what the sentences before spoke of. What no word says stays None.
    """
    if not scan.quantities:
        return []
    figures: list[Figure] = []
    frame = Frame()
    topic = find_topic(scan)
    remembered: str | None = None
    for sentence in scan.sentences:
        words = scan.sentence_text(sentence)
        if sentence.heading or words.isupper() or (len(words) < 160 and words.rstrip()[-1:] == ":"):
            frame.take_heading(scan, sentence.start, sentence.end)
            if sentence.heading:
                continue
        frame.take_sentence(scan, sentence)
        quantities = scan.quantities.get(sentence.index)
        if quantities:
            found = _sentence(scan, sentence, quantities, remembered, frame, topic)
            figures += found
            named = [f.measure for f in found if f.measure != "other"]
            remembered = named[-1] if named else remembered
    return _once(figures)


def _sentence(
    scan: Scan,
    sentence: Sentence,
    quantities: list[Quantity],
    remembered: str | None,
    frame: Frame,
    topic: Topic,
) -> list[Figure]:
    text = scan.text
    cues = find_cues(text, sentence.start, sentence.end)
    found: list[Figure] = []
    previous: Figure | None = None
    left = sentence.start
    for n, q in enumerate(quantities):
        stop = quantities[n + 1].start if n + 1 < len(quantities) else sentence.end
        if _is_no_figure(text, sentence, q):
            continue
        role, compares = find_role(scan, sentence, q, left, stop, previous)
        measure = find_measure(scan, sentence, q, cues, stop, role, previous, remembered)
        if measure in ("gdp_growth", "grdp_growth"):
            if q.unit not in ("percent", "rank"):
                measure = "other"
            elif (
                compares is not None
                and compares.kind == "yoy"
                and (previous is None or previous.measure != measure)
            ):
                # "GRDP tăng 8,2%" is the growth itself, not a comparison of something else.
                role, compares = plain_role(scan, sentence, q), None
        subject = find_subject(
            scan, sentence, q, left, stop,
            measure=measure, role=role, previous=previous, topic=topic,
        )  # fmt: skip
        period, inferred = find_period(
            scan, sentence, q, stop,
            role=role, compares=compares, previous=previous, measure=measure, frame=frame,
        )  # fmt: skip
        exceeds = "vượt" in text[q.start : q.number_start].lower()
        record = Figure(
            anchor=scan.document.anchor(*_span(text, sentence, q, stop)),
            rule=_rule(q),
            confidence=_confidence(q, measure, role),
            value=q.value,
            unit=q.unit,
            bound="eq" if role == "comparison" and exceeds and q.bound == "gt" else q.bound,
            value_high=q.value_high,
            what=words_measured(text, q, cues, stop),
            measure=measure,
            subject=subject,
            period=period,
            role=role,
            compares=compares,
            period_inferred=inferred,
        )
        found.append(record)
        if role != "comparison" or previous is None:
            previous = record
        left = q.end
    return found


def _is_no_figure(text: str, sentence: Sentence, q: Quantity) -> bool:
    """The number of a list item, or an ordinal ("lần thứ 2")."""
    before = text[max(sentence.start, q.start - 14) : q.start]
    if q.unit == "rank":
        return re.search(r"(?:lần|năm|khóa|khoá|kỳ) +$", before) is not None
    listed = q.start == sentence.start and re.match(r"[.)]", text[q.number_end : q.number_end + 1])
    return bool(listed) or re.search(r"(?:lần|năm|khóa|khoá|kỳ) +thứ +$", before) is not None


def _span(text: str, sentence: Sentence, q: Quantity, stop: int) -> tuple[int, int]:
    """From the verb before the bound to the end of what is counted."""
    end = q.end
    if q.unit in ("count", "people"):
        m = re.compile(r"[^,.;:()\n]{0,60}").match(text, end, min(stop, sentence.end))
        if m is not None:
            words = m[0].rsplit(" ", 1)[0] if len(m[0]) == 60 else m[0]
            end += len(words.rstrip())
    verb = re.search(
        r"(?:tăng|giảm|đạt|vượt|bằng|chiếm|ước|lên|tới|ký|ký kết|thu hút) +$",
        text[max(sentence.start, q.start - 10) : q.start],
    )
    return q.start - (len(verb[0]) if verb else 0), max(end, q.end)


def _rule(q: Quantity) -> str:
    unit = q.unit.split(":")[0].lower()
    return f"figure.{unit}.{q.bound_rule}" if q.bound_rule else f"figure.{unit}"


def _confidence(q: Quantity, measure: str, role: str) -> float:
    if q.unit in ("USD", "VND", "percent") and measure != "other":
        return 0.92
    return 0.85 if measure != "other" or role == "comparison" else 0.75


def _once(figures: list[Figure]) -> list[Figure]:
    """The same figure said twice is one record: the fuller mention."""
    kept: dict[tuple[Decimal, str, str, str | None, str | None], Figure] = {}
    for figure in figures:
        key: tuple[Decimal, str, str, str | None, str | None]
        if figure.role == "comparison":
            key = (figure.value, figure.unit, f"{figure.measure}@{figure.anchor.start}", None, None)
        else:
            key = (figure.value, figure.unit, figure.measure, figure.subject, figure.period)
        known = kept.get(key)
        if known is None:
            kept[key] = figure
        elif len(figure.anchor.quote) > len(known.anchor.quote) + 20:
            kept[key] = replace(figure, role=known.role)
    return list(kept.values())
