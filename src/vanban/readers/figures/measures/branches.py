"""Whether a growth is that of the economy, or of a branch of it or of anything else."""

from vanban.letters import LOWER
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention

__all__ = ["of_a_branch"]

_BRANCH_GREW = regex(
    r"(?:[Kk]hu vực|(?<!oàn )[Nn]gành|[Ll]ĩnh vực|[Tt]huế)(?! kinh tế) "
    r"(?![^;.%]*(?:GDP|tăng trưởng(?! [^\s,;.]+ [^\s,;.]+ với mức)))"
    r"[^;.%]{2,90}(?:tăng|giảm|đạt)[^;.,%]{0,16}$"
)
_BRANCH_ALONE = regex(
    r"(?:^|[,;:(]|đó,?) *(?:[Cc]ông nghiệp|[Dd]ịch vụ|[Nn]ông|[Ll]âm nghiệp|[Tt]h[ủu][ỷy] sản"
    r"|[Xx]ây dựng|[Tt]hương mại)(?![^;.%]*(?:GDP|tăng trưởng|\d))[^;.%]{0,50} (?:tăng|giảm)"
    r"[^;.,%]{0,16}$"
)
"""The name of a branch heads the clause: "công nghiệp - xây dựng tăng 18%"."""
_ANOTHER_GREW = regex(
    rf"(?:^|[,;:]|, trong đó|, còn|, riêng) *(?:trong đó,? |và |còn |riêng )?"
    rf"(?P<what>[{LOWER}][^,;:.%\d]{{5,60}}) (?:tăng(?! trưởng)|giảm)(?: [^\s,;.%\d]+){{0,2}} *$"
)
"""A noun of its own heads the clause: ", tổng mức bán lẻ hàng hóa tăng 13%"."""
_OPENS = regex(
    rf"(?P<what>(?:Số|Tổng|Doanh|Lượng|Diện|Sản|Giá|Chỉ)[{LOWER}]* [^,;:.%\d]{{5,60}})"
    r" (?:tăng(?! trưởng)|giảm)(?: [^\s,;.%\d]+){0,2} *$"
)
_OF_THE_ECONOMY = regex(
    r"(?<!\w)(?:GR?DP|tăng trưởng|kinh tế|[Tt]ổng sản phẩm|bình quân|quý|tháng|năm|toàn tỉnh"
    r"|cả nước|đều|tốc độ|cùng kỳ|tỉnh|thành phố|vùng)(?!\w)"
)


def of_a_branch(m: Mention) -> bool:
    """Whether not the economy grew but a branch of it: "khu vực dịch vụ ước tăng 12%"."""
    start = m.clause_from(m.left)
    if _BRANCH_GREW.search(m.text, start, m.q.number_start) is not None:
        return True
    words = m.text[start : m.q.number_start]
    if _BRANCH_ALONE.search(words) is not None:
        return True
    another = _ANOTHER_GREW.search(words) if m.beside is not None else None
    if another is None and start == m.sentence.start:
        another = _OPENS.match(words)
    return another is not None and _OF_THE_ECONOMY.search(another["what"]) is None
