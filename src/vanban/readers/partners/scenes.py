"""Sentences that speak of a partner without its name: "nước này", "hai bên", "hiệp định này"."""

import re
from collections.abc import Iterator
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import PartnerMention
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, cue, regex
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["Scenes"]


@cache
def _this_country() -> Cue:
    return cue(load("gazetteer")["this_country"])


@cache
def _said_in_scene(name: str) -> Cue:
    return cue(load("gazetteer")[name], any_case=True)


@cache
def _sets_scene() -> re.Pattern[str]:
    return regex(rf"[\W\d]*(?:{alternation(load('gazetteer')['scene'])}) ")


_Implied = tuple[PartnerMention, str]
"""A partner as if it were named somewhere, and what is said of it; "" if its words must tell."""


def _unnamed(mention: PartnerMention, sentence: Sentence) -> PartnerMention:
    """A partner as if a sentence began with it."""
    return mention._replace(start=sentence.start, end=sentence.start)


class Scenes:
    """Which partner a sentence speaks of without naming it.

    Args:
        scan: the text.
        main: the one country it is about, by its id; None if there is no such one.
    """

    def __init__(self, scan: Scan, main: str | None) -> None:
        self._scan = scan
        self._block = -1
        self._last: PartnerMention | None = None
        self._last_block = -1
        self._together: list[PartnerMention] = []
        self._main = main
        self._first = {p.ref: p for p in reversed(scan.partners)}
        countries = {p.ref for p in scan.partners if p.type == "country"}
        self._only = main or (next(iter(countries)) if len(countries) == 1 else None)
        self._scene: PartnerMention | None = None
        self._post = self._post_of_interviewee()
        cues = (_this_country(), _said_in_scene("scene_talks"), _said_in_scene("scene_barriers"))
        self._of_two = any(word in scan.text for word in _OF_TWO_NEEDS)
        self._treaty: PartnerMention | None = None
        self._of_treaty = " này" in scan.text and _THIS_TREATY.search(scan.text) is not None
        self._named_here: set[str] = set()
        self._before_here: str | None = None
        self._venue: PartnerMention | None = None
        self._venue_block = -1
        self._abroad: PartnerMention | None = None
        self._of_venue = "diễn ra" in scan.text or "khai mạc" in scan.text
        self.any = (
            self._of_two
            or self._of_treaty
            or self._of_venue
            or any(scan.words.has(c, 0, len(scan.text)) for c in cues)
        )
        """Whether the text has any of the words that imply a country."""

    def _post_of_interviewee(self) -> PartnerMention | None:
        """The country in which who is interviewed serves."""
        titles = " ".join(self._scan.titles_of.get(self._scan.interviewee or "", ()))
        for mention in self._scan.partners if "Việt Nam tại" in titles else ():
            name = self._scan.text[mention.start : mention.end]
            if mention.type == "country" and f"tại {name}" in titles:
                return mention
        return None

    def implied(self, sentence: Sentence, named: list[PartnerMention]) -> Iterator[_Implied]:
        """What a sentence implies, and the relation it speaks of; "" if its words must tell.

        Args:
            named: the partners it names.
        """
        self._enter(sentence, named)
        countries = [p for p in named if p.type in ("country", "bloc")]
        yield from self._called_this(sentence, countries)
        yield from self._in_scene(sentence, countries)
        yield from self._where_held(sentence, countries)
        yield from self._by_treaty(sentence, named)
        if self._of_two:
            yield from self._between_two(sentence, countries)
        if countries:
            self._last, self._last_block = countries[-1], sentence.block
        if named:
            self._together = countries

    def _enter(self, sentence: Sentence, named: list[PartnerMention]) -> None:
        """Take the country that a new paragraph opens with for its scene."""
        if sentence.block == self._block:
            return
        self._block, self._scene = sentence.block, None
        if self._named_here:
            one = len(self._named_here) == 1
            self._before_here = next(iter(self._named_here)) if one else None
        self._named_here = set()
        if named and named[0].type == "country":
            lead = _sets_scene().match(self._scan.text, sentence.start, named[0].start + 1)
            self._scene = named[0] if lead and lead.end() == named[0].start else None

    def _called_this(
        self, sentence: Sentence, countries: list[PartnerMention]
    ) -> Iterator[_Implied]:
        """Who "nước này", "các thị trường này", "phía bạn" stand for."""
        m = self._scan.words.find(_this_country(), sentence.start, sentence.end)
        if m is None:
            return
        ahead = [p for p in countries if p.end <= m.start()]
        if self._scan.text.endswith(_SEVERAL, 0, m.start()):
            # "các thị trường này": all those named together before it.
            for each in ahead or self._together:
                yield each._replace(start=m.start(), end=m.end()), ""
            return
        meant = ahead[-1] if ahead else self._last
        if meant is not None and meant.type == "bloc" and "nước" in m[0].lower():
            # "Dự hội nghị BRICS tại nước này": a bloc is no country.
            nations = [p for p in ahead if p.type == "country"]
            meant = nations[-1] if nations else None
        of_another_block = not ahead and self._last_block != sentence.block
        if of_another_block and m[0].endswith(("bạn", "sở tại")):
            # "phía bạn" of a paragraph that names nobody is whom the text is about.
            meant = meant if meant is not None and meant.ref == self._main else None
        if meant is not None:
            yield meant._replace(start=m.start(), end=m.end()), ""

    def _in_scene(self, sentence: Sentence, countries: list[PartnerMention]) -> Iterator[_Implied]:
        """Talks and barriers where the paragraph, or who is interviewed, is in a country."""
        scene = self._scene or self._post
        if scene is None or any(p.ref != scene.ref for p in countries):
            return
        for name, relation in (("scene_talks", "negotiating"), ("scene_barriers", "barrier")):
            if self._scan.words.has(_said_in_scene(name), sentence.start, sentence.end):
                yield _unnamed(scene, sentence), relation

    def _where_held(
        self, sentence: Sentence, countries: list[PartnerMention]
    ) -> Iterator[_Implied]:
        """The country in which something is held that our people attend."""
        text = self._scan.text
        if (
            self._venue is not None
            and self._venue_block == sentence.block
            and not countries
            and _ATTENDS.search(text, sentence.start, sentence.end) is not None
        ):
            yield _unnamed(self._venue, sentence), "visited"
        self._note_venue(sentence, countries)
        if (
            self._abroad is not None
            and all(p.ref == self._abroad.ref for p in countries)
            and _OUR_DELEGATION.search(text, sentence.start, sentence.end) is not None
        ):
            yield _unnamed(self._abroad, sentence), "visited"

    def _by_treaty(self, sentence: Sentence, named: list[PartnerMention]) -> Iterator[_Implied]:
        """The agreement that "Hiệp định này" stands for."""
        treaties = [p for p in named if p.type == "agreement"]
        if treaties:
            self._treaty = treaties[-1]
        elif self._of_treaty and self._treaty is not None:
            m = _THIS_TREATY.search(self._scan.text, sentence.start, sentence.end)
            if m is not None:
                yield self._treaty._replace(start=m.start(), end=m.end()), ""

    def _between_two(
        self, sentence: Sentence, countries: list[PartnerMention]
    ) -> Iterator[_Implied]:
        """The other of the two countries whose trade, talks or parliaments are told of."""
        text = self._scan.text
        both = _BOTH.search(text, sentence.start, sentence.end)
        other = self._the_other() if both is not None and not countries else None
        if both is not None and other is not None:
            laws, bars = both["laws"], both["bars"]
            relation = "ratification" if laws else "barrier" if bars else "negotiating"
            yield _unnamed(other, sentence), relation
        self._named_here |= {p.ref for p in countries}
        other = self._the_other()
        if other is not None and _OF_TWO.search(text, sentence.start, sentence.end):
            yield other._replace(start=sentence.start, end=sentence.end), "target_market"

    def _note_venue(self, sentence: Sentence, countries: list[PartnerMention]) -> None:
        """Take the country for a venue in which a sentence lets something be held."""
        for mention in countries:
            low = max(sentence.start, mention.start - _HELD_REACH)
            if (
                self._of_venue
                and mention.type == "country"
                and _HELD_THERE.search(self._scan.text, low, mention.start) is not None
            ):
                self._abroad = self._abroad or mention
            if mention.type == "country" and _IS_HELD.match(
                self._scan.text, mention.end, sentence.end
            ):
                self._venue, self._venue_block = mention, sentence.block

    def _the_other(self) -> PartnerMention | None:
        """The only country a paragraph names so far.

        If it names none, the one that the text is about, or else the one before it.
        """
        here = self._named_here
        ref = (
            (self._only or self._before_here)
            if not here
            else next(iter(here))
            if len(here) == 1
            else None
        )
        return self._first.get(ref) if ref is not None else None


_THIS_TREATY = regex(r"(?<!\w)(?:[Hh]iệp định|FTA) này(?!\w)")
_OF_TWO = rare(
    r"(?:[Kk]im ngạch|[Tt]rao đổi thương mại|[Tt]hương mại|[Gg]iao thương)(?: \w+){0,4}"
    r" (?:hai chiều|song phương|hai nước|hai bên)[^;.]{0,60} (?:lên|đạt|mục tiêu)(?!\w)"
    r"|[Kk]im ngạch (?:thương mại|xuất nhập khẩu) (?:mới |chỉ |đã |ước )*đạt"
    r"|kết nối (?:giữa )?(?:cộng đồng |các )?doanh nghiệp (?:của )?hai (?:nước|bên)"
    r"|(?:tiếp cận|thâm nhập)(?: \w+){0,4} thị trường (?:của )?(?:nhau|lẫn nhau|hai nước|hai bên)"
    r"|mở (?:lại |thêm |các |thêm các )?(?:đường|chuyến) bay"
    r"|mở cửa (?:hơn nữa )?thị trường (?:cho|đối với|với)(?!\w)"
    r"|(?:doanh nghiệp|đối tác|nhà nhập khẩu|phân phối|siêu thị|thị trường|người tiêu dùng)"
    r" (?:nước )?sở tại"
)
"""Words that make each of two countries a market of the other."""
_IS_HELD = regex(
    r"\)?,? (?:đã |sẽ |vừa )?(?:chính thức )?(?:diễn ra|khai mạc)"
    r" (?:[Ll]ễ|[Hh]ội|[Dd]iễn đàn|[Pp]hiên|[Kk]ỳ)"
)
"""Behind a country, that something is held there."""
_HELD_REACH = 200
_HELD_THERE = regex(
    r"(?:diễn ra|khai mạc)(?![^.;]*Hà Nội)[^.;]{0,120} tại (?:thủ đô |thành phố )?"
    rf"(?:[{UPPER}][^.;,]{{1,24}}, )?(?:nước )?$"
)
"""Before a country, that something is held there: "diễn ra tại thủ đô Băng Cốc, Thái Lan"."""
_OUR_DELEGATION = regex(
    r"[Đđ]oàn (?:đại biểu |công tác )?(?:cấp cao )?Việt Nam|dẫn đầu [Đđ]oàn (?:đại biểu|công tác)"
    r"|làm [Tt]rưởng đoàn"
)
"""And that our people have gone there."""
_ATTENDS = regex(
    r"(?:Thủ tướng|Chủ tịch (?:nước|Quốc hội)|Tổng Bí thư|Bộ trưởng|Thứ trưởng"
    r"|[Đđ]oàn(?: công tác| đại biểu))"
    r"[^;.]{0,120} (?:tham dự|dự|phát biểu tại) (?:sự kiện|[Hh]ội|[Ll]ễ|[Dd]iễn đàn|[Pp]hiên|[Kk]ỳ)"
)
"""And that our people attend it."""
_BOTH = rare(
    r"Quốc hội hai nước[^;.]{0,80} (?P<laws>phê chuẩn|thông qua) "
    r"|(?P<bars>[Rr]ào cản|[Hh]àng rào)[^;.]{0,60} giữa hai (?:nước|bên)[^;.]{0,40} thương mại"
    r"|[Hh]ai (?:bên|nước)[^;.]{0,60} (?:hoàn tất|khởi động|nối lại|thúc đẩy|tiếp tục|đẩy nhanh"
    r"|kết thúc|tiến hành|bước vào|mở) (?:\w+ ){0,4}đàm phán[^;.]{0,60} (?:[Hh]iệp định|FTA)"
    r"(?! (?:về )?(?:hàng không|hàng hải|tương trợ|dẫn độ|lao động|miễn thị thực|giáo dục|văn hóa"
    r"|quốc phòng|biên giới|phân định|chuyển giao))"
)
"""What both sides are to do, one of which is us."""
_OF_TWO_NEEDS = (
    *("hai chiều", "song phương", "hai nước", "hai bên", "im ngạch thương mại", "sở tại"),
    *("im ngạch xuất nhập khẩu", "của nhau", "lẫn nhau", "đường bay", "chuyến bay", "mở cửa"),
)
"""Words of which a text has one that says so."""
_SEVERAL = ("các ", "Các ", "những ", "Những ", "nhiều ", "hai ")
"""Before "quốc gia này", it stands for more than the one named last."""
