"""The patterns of directives, compiled once from `data/tasks.yml`."""

import re
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, Ending, Match, alternation, both_cases, cue, first_words, regex

__all__ = ["LONGEST_OWN_SUBJECT", "LONGEST_SUBJECT", "Grammar", "grammar", "right_before"]

LONGEST_SUBJECT = 190
"""Code points between the head of a clause and its modal."""
LONGEST_OWN_SUBJECT = 80
"""Code points of a subject that is quoted with the task because it is what is needed."""


class Grammar(NamedTuple):
    """Compiled patterns; every one matches whole words."""

    directive: Cue
    directive_of: dict[str, str]
    """The rule of each verb of telling."""
    directive_not_after: Ending
    directive_not_before: re.Pattern[str]
    assign_not_before: re.Pattern[str]
    directive_as_action: frozenset[str]
    modal: Cue
    modal_not_after: Ending
    modal_not_before: re.Pattern[str]
    plan: Cue
    promise: Cue
    promise_not_before: re.Pattern[str]
    opener: Cue
    task_heading: Cue
    result_heading: Cue
    connective: Cue
    frame: Cue
    verb: Cue
    """A verb with the adverbs before it."""
    not_action: re.Pattern[str]
    assignee: Cue
    number: re.Pattern[str]
    passive: Cue
    done: Cue
    speech: Cue


@cache
def grammar() -> Grammar:
    """The grammar of `data/tasks.yml`."""
    data = load("tasks")
    directive_of = {
        form: row["id"] for row in data["directive"] for form in both_cases(row["words"])
    }
    # A name follows "Ông", and "Bà Rịa" is a place.
    heads = both_cases(data["assignee_heads"]) - {"Ông", "Bà", "Nước", "Bạn"}
    traps = both_cases(data["assignee_traps"])
    frames = {f for w in data["topic_frames"] for f in (w, w[0].lower() + w[1:])}
    return Grammar(
        directive=cue(directive_of),
        directive_of=directive_of,
        directive_not_after=right_before("directive_not_after", any_case=True),
        directive_not_before=_right_behind("directive_not_before"),
        assign_not_before=_right_behind("assign_not_before"),
        directive_as_action=frozenset(data["directive_as_action"]),
        modal=cue(data["modals"], any_case=True),
        modal_not_after=right_before("modal_not_after", any_case=True),
        modal_not_before=_right_behind("modal_not_before"),
        plan=cue(data["plan"]),
        promise=cue(both_cases(data["promise"])),
        promise_not_before=_right_behind("promise_not_before"),
        opener=_opener(),
        task_heading=cue(data["task_headings"], any_case=True),
        result_heading=cue(data["result_headings"], any_case=True),
        connective=Cue(
            # "Cụ thể hóa" is a verb.
            regex(rf"(?:{alternation(data['connectives'])})(?!\w)(?! +ho?[áóa]a?(?!\w)) *[,:]? *"),
            first_words(data["connectives"]),
        ),
        frame=Cue(
            regex(
                rf"(?:{alternation(frames)})(?!\w)"
                r"(?:[^,;:.]|,(?= (?:ban, )?(?:ngành|địa phương)(?:,| và ))){0,170}?"
                r"(?:[,:] +(?!(?:ngành|địa phương)(?:,| và ))| thì +)"
            ),
            first_words(frames),
        ),
        verb=_verb(),
        not_action=regex(rf" *(?:{alternation(data['not_actions'])})(?!\w)"),
        assignee=Cue(
            regex(
                rf"(?:(?:{alternation(data['assignee_determiners'])}|\d{{1,2}}) +)*"
                rf"(?!(?:{alternation(traps)})(?!\w))"
                rf"(?:{alternation(heads)})(?!\w)"
            ),
            first_words([*data["assignee_determiners"], *heads, *_NUMERALS]),
        ),
        number=regex(
            r"(?:(?:\d{1,2}(?:\.\d{1,2})*[.)/]|\(\d{1,2}\)|[a-zđ][.)]|\([a-zđ]\)|\([ivx]{1,4}\)|[IVX]{1,5}[.)]|[IVX][ivx]{1,4}\."
            rf"|[-–—•*+►▪])(?: +|(?=[{UPPER}])))+"
        ),
        passive=cue(data["passive"]),
        # "từng bộ, từng địa phương" are bodies.
        done=cue(data["done"], then=rf"(?!\w)(?<!từng(?= (?:{alternation(data['each_of'])})))"),
        speech=cue(data["speech"]),
    )


def _opener() -> Cue:
    data = load("tasks")
    openers, counts = data["list_openers"], data["opener_counts"]
    pattern = regex(
        rf"(?<!\w)(?i:{alternation(openers)}"
        rf"|(?:{alternation(counts)}|\d{{1,2}}) +(?:{alternation(data['opener_nouns'])}))(?!\w)"
    )
    return Cue(pattern, first_words([*openers, *counts, *_NUMERALS]))


_NUMERALS = sorted({f"{n:0{width}}" for width in (1, 2) for n in range(10**width)})
"""Numbers of one or two digits: what a count of bodies or of tasks may begin with."""


def _verb() -> Cue:
    data = load("tasks")
    adverbs, verbs = both_cases(data["adverbs"]), both_cases(data["verbs"])
    # "có giải pháp", "có các chỉ đạo".
    verbs |= {
        f"{have} {more}{what}"
        for have in ("có", "Có")
        for what in data["to_have"]
        for more in ("", *(f"{word} " for word in data["to_have_more"]))
    }
    skipped = rf"(?:(?:{alternation(adverbs)})(?!\w)(?: *, *| +)(?:và +)?){{0,4}}"
    then = (
        rf"(?!\w)(?! *, *(?:{alternation(data['verb_not_before_comma'])})(?!\w))"
        rf"(?! +(?:{alternation(data['verb_not_before'])}))"
        r"(?!(?:(?<=rả lời)|(?<=hông tin)|(?<=rao đổi)|(?<=hia sẻ))(?: với)? +"
        r"(?:báo chí|phóng viên))"
        r"(?!(?:(?<=hia sẻ)|(?<=hát biểu)|(?<=rao đổi)) +tại )"
        # "các tổ chức quốc tế" are bodies.
        r"(?!(?<=ổ chức) +(?:quốc tế|phi chính phủ|tín dụng|xã hội|chính trị|hữu nghị|nghề nghiệp"
        r"|đoàn thể|đại diện|kinh tế|tài chính|thành viên|khu vực|đa phương|nước ngoài|cá nhân"
        r"|Đảng|đảng|Y tế Thế giới|Thương mại Thế giới|Lao động Quốc tế)(?!\w))"
        r"(?!(?<=ổ chức), (?:cá nhân|doanh nghiệp|cơ quan))"
        # "các Bộ quản lý ngành": which ones.
        r"(?!(?<=uản lý) +(?:ngành, lĩnh vực|chuyên ngành)(?!\w))"
        # "hợp tác xã" is a co-operative.
        r"(?!(?<=ợp tác) +xã(?!\w)(?! hội))"
        # "các học viên tham dự lớp học phải ...": which ones.
        r"(?!(?<=ham dự) +[^,;.]{2,60} (?:phải|cần) )"
        # "cử tri" are voters.
        r"(?!(?<=\b[Cc]ử) +tri(?!\w))"
    )
    pattern = regex(rf"(?<!\w){skipped}(?P<verb>{alternation(verbs)}){then}")
    parts = _Verbs(pattern, first_words(adverbs), verbs, then)
    return Cue(pattern, first_words(adverbs | verbs), parts=parts)


class _Verbs(dict[str, Match]):
    """The verbs that each word begins; all of them, with their adverbs, where an adverb may."""

    def __init__(
        self, whole: re.Pattern[str], adverbs: frozenset[str], verbs: set[str], then: str
    ) -> None:
        self._then = then
        self._by_word: dict[str, list[str]] = {}
        for verb in verbs:
            for word in first_words([verb]):
                self._by_word.setdefault(word, []).append(verb)
        self.update(dict.fromkeys(adverbs, whole.match))

    def __missing__(self, word: str) -> Match:
        verbs = alternation(self._by_word[word])
        found = self[word] = regex(rf"(?P<verb>{verbs}){self._then}").match
        return found


def right_before(name: str, *, any_case: bool = False) -> Ending:
    """A pattern for a word of one list of `data/tasks.yml` at the end of what is searched."""
    words = load("tasks")[name]
    source = rf"(?<!\w)({'?i:' if any_case else '?:'}{alternation(words)}) +$"
    return Ending(source, words)


def _right_behind(name: str) -> re.Pattern[str]:
    return regex(rf" +[“\"‘]?(?:{alternation(load('tasks')[name])})(?!\w)")
