"""Claims drawn as intervals on one line: a small SVG, its scale common to all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from diemcau.web.numbers import say_amount

__all__ = ["Drawn", "draw_claims"]

_WIDTH, _LEFT, _RIGHT = 440, 12, 12
_ROW, _TOP = 46, 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """One claim to draw: its name, and its intervals as `Interval.to_json` writes them."""

    label: str
    core: dict
    wide: dict
    tone: str = "claim"


def draw_claims(claims: Sequence[Drawn], unit: str, *, title: str) -> SafeString:
    """Draw claims under each other on one scale.

    A thick bar is what the words usually mean, a thin line what their letter allows; a missing end
    runs to the edge with an arrow, an open end is a hollow dot, a single value a full one.
    Args:
        claims: at least one.
        unit: of all of them, for the ends of the scale.
        title: what a person who does not see the picture is told.
    Returns:
        An <svg> element without style or script of its own; "" if no claim has a finite end.
    """
    scale = _Scale.of(claims)
    if scale is None:
        return SafeString("")
    rows = [_row(claim, scale, _TOP + i * _ROW) for i, claim in enumerate(claims)]
    foot = _TOP + len(claims) * _ROW
    return format_html(
        '<svg class="line" role="img" aria-label="{}" viewBox="0 0 {} {}">{}'
        '<line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"></line>{}</svg>',
        title,
        _WIDTH,
        foot + 24,
        format_html_join("", "{}", ((row,) for row in rows)),
        _LEFT,
        _WIDTH - _RIGHT,
        foot,
        foot,
        _ticks(scale, unit, foot),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, claims: Sequence[Drawn]) -> "_Scale | None":
        # The letter's reach is drawn where it fits; the scale follows what is usually meant.
        ends = [
            Decimal(claim.core[end])
            for claim in claims
            for end in ("low", "high")
            if claim.core[end] is not None
        ]
        if not ends:
            return None
        low, high = min(ends), max(ends)
        margin = (high - low) * Decimal("0.12") or max(abs(high) * Decimal("0.1"), Decimal(1))
        return cls(max(low - margin, Decimal(0)) if low >= 0 else low - margin, high + margin)

    def x(self, value: Decimal) -> float:
        share = (value - self.low) / (self.high - self.low)
        share = min(max(share, Decimal(0)), Decimal(1))
        return round(_LEFT + float(share) * (_WIDTH - _LEFT - _RIGHT), 1)


def _row(claim: Drawn, scale: _Scale, top: int) -> SafeString:
    middle = top + 32
    return format_html(
        '<g class="{}"><text class="name" x="{}" y="{}">{}</text>{}{}</g>',
        claim.tone,
        _LEFT,
        top + 16,
        Truncator(claim.label).chars(52),
        _bar(claim.wide, scale, middle, "wide"),
        _bar(claim.core, scale, middle, "core"),
    )


def _bar(interval: dict, scale: _Scale, y: int, kind: str) -> SafeString:
    ends = {
        name: None if interval[name] is None else Decimal(interval[name])
        for name in ("low", "high")
    }
    left = _LEFT if ends["low"] is None else scale.x(ends["low"])
    right = _WIDTH - _RIGHT if ends["high"] is None else scale.x(ends["high"])
    parts = [
        format_html(
            '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"></line>', kind, left, right, y, y
        )
    ]
    if kind == "core":
        for name, x in (("low", left), ("high", right)):
            if ends[name] is None:
                sign = -1 if name == "low" else 1
                parts.append(
                    format_html(
                        '<path class="arrow" d="M{} {}l{} -5v10z"></path>',
                        x + 8 * sign,
                        y,
                        -8 * sign,
                    )
                )
            else:
                hollow = " open" if interval[f"{name}_open"] else ""
                parts.append(
                    format_html(
                        '<circle class="end{}" cx="{}" cy="{}" r="4"></circle>', hollow, x, y
                    )
                )
    return format_html_join("", "{}", ((part,) for part in parts))


def _ticks(scale: _Scale, unit: str, y: int) -> SafeString:
    places = (
        (scale.low, _LEFT, "start"),
        ((scale.low + scale.high) / 2, (_LEFT + _WIDTH - _RIGHT) / 2, "middle"),
        (scale.high, _WIDTH - _RIGHT, "end"),
    )
    span = scale.high - scale.low
    # Money is printed in billions or millions, so its digits after the mark tell something.
    digits = 2 if unit.isupper() or span < 20 else 0
    return format_html_join(
        "",
        '<text class="tick" x="{}" y="{}" text-anchor="{}">{}</text>',
        (
            (x, y + 18, anchor, say_amount(v, unit, places=_places(unit, digits)))
            for v, x, anchor in places
        ),
    )


def _places(unit: str, digits: int) -> int:
    return 2 if unit.isupper() else digits
