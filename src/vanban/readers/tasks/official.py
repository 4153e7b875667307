"""Official documents: whose orders they carry."""

import re

from vanban.readers.tasks.people import find_issuer
from vanban.scan import Scan

__all__ = ["document_issuer"]

_OWN_NUMBER = re.compile(
    r"(?m)^(?:[^\n|]{0,60}\|)? *(?:S[ốỐ] *:?"
    r"|(?:Công điện|Chỉ thị|Thông báo|Kế hoạch) số) *\d{1,5}(?:/\d{4})?[-/](?P<symbol>[^\s,;|]+)"
)


_TITLE_LINE = re.compile(
    r"(?m)^ *(?:THÔNG BÁO|CÔNG ĐIỆN|CHỈ THỊ|NGHỊ QUYẾT|KẾ HOẠCH|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|BÁO CÁO) *$"
)


def document_issuer(scan: Scan) -> tuple[str | None, bool]:
    """Whose orders an official document carries, and whether it is a report; (None, False) if none."""
    text = scan.text[:6000]
    number = _OWN_NUMBER.search(text[:900])
    if number is None and _TITLE_LINE.search(text) is None:
        return None, False
    concluded = re.search(
        r"(?:KẾT LUẬN|[Kk]ết luận|Ý KIẾN KẾT LUẬN)[^\n]{0,30}\b(?:CỦA|của)[^\n]{3,120}", text
    )
    symbol = number["symbol"] if number else ""
    if "TB" in symbol.split("-") or concluded:
        for m in re.finditer(r"(?:đã )?(?:chủ trì|kết luận)", text):
            people = [p for p in scan.people if m.start() - 220 < p.start < m.start()]
            if people:
                return people[-1].name, False
    if "BC" in symbol.split("-") or re.search(r"(?m)^ *BÁO CÁO *$", text[:1500]):
        head = re.search(r"(?m)^[^\n]*?\b((?:SỞ|BỘ|UBND|ỦY BAN|CỤC|BAN) [^\n|]{2,60})$", text[:800])
        return _as_written(head[1]) if head else "", True
    for mark, issuer in (
        ("TTg", "Thủ tướng Chính phủ"),
        ("UBND", "UBND tỉnh"),
        ("NQ-CP", "Chính phủ"),
        ("CP", "Chính phủ"),
        ("BNG", "Bộ Ngoại giao"),
        ("BCT", "Bộ Công Thương"),
    ):
        if mark in symbol:
            return issuer, False
    if re.search(r"ỦY BAN NHÂN DÂN|UBND", text[:1200]):
        return "UBND tỉnh", False
    return find_issuer(scan, 0, min(len(scan.text), 1500)), False


def _as_written(name: str) -> str:
    """A body's name in capitals as texts write it: "SỞ NGOẠI VỤ" is "Sở Ngoại vụ"."""
    words = name.strip().lower().split()
    kept = {"sở", "bộ", "ngoại", "công", "tài", "nông", "kế", "khoa", "xây", "văn", "y", "ủy"}
    text = " ".join(w.capitalize() if w in kept else w for w in words)
    return re.sub(r"(?i)^ubnd", "UBND", text[0].upper() + text[1:])
