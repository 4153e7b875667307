"""Who says what is planned."""

from collections.abc import Callable

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.frames import said_last
from vanban.readers.tasks.people import find_issuer, serves_abroad
from vanban.readers.tasks.planned.plans import Plan
from vanban.readers.tasks.promised import sentence_subject

__all__ = ["has_just_spoken", "speaker_of", "speaks_for_vietnam"]


def speaker_of(plan: Plan) -> str | None:
    """Who says in its sentence, or by going on to speak, what is planned."""
    for rule in _SPEAKERS:
        if (speaker := rule(plan)) is not None:
            return speaker
    return None


def _by_a_word_of_speech(plan: Plan) -> str | None:
    """Who says it before: "Lãnh đạo Cục A chia sẻ, tới đây Bộ B sẽ ..."."""
    clause, said = plan.clause, plan.said
    if said is None:
        return None
    scan, begin = clause.scan, clause.sentence.start
    speaker = None
    if clause.start > begin and said.start() <= clause.front + 2:
        # "Quốc vương A nhất trí với B; khẳng định Brunei sẽ ...": A goes on.
        speaker = sentence_subject(clause)
    speaker = speaker or find_issuer(scan, begin, said.start())
    return speaker or find_issuer(scan, begin, plan.start)


def _behind_what_is_said(plan: Plan) -> str | None:
    return said_last(plan.clause.scan, plan.clause.sentence)


def _by_a_pronoun(plan: Plan) -> str | None:
    """Who spoke before: "Ông mong muốn hai bên sẽ ..."."""
    clause = plan.clause
    if _PRONOUN.match(plan.text, clause.sentence.start, plan.start) is None:
        return None
    return _named_speaker(clause)


_PRONOUN = regex(r"(?:Ông|Bà|Ngài) (?:cũng )?(?:bày tỏ )?(?:mong|hy vọng|tin tưởng|kỳ vọng)(?!\w)")


def _as_we(plan: Plan) -> str | None:
    """Who has just spoken: "..., Thủ tướng A cho biết. "Chúng tôi sẽ dành ..."."""
    clause = plan.clause
    if _WE_OURSELVES.fullmatch(plan.text, clause.front, plan.start) is None:
        return None
    speaker = _named_speaker(clause)
    return speaker if speaker is not None and has_just_spoken(clause) else None


_WE_OURSELVES = regex(r"(?:[Cc]húng tôi|[Tt]ôi)(?: cũng)? ")


def _in_an_interview(plan: Plan) -> str | None:
    scan = plan.clause.scan
    if scan.interviewee is None:
        return None
    own = find_issuer(scan, plan.front, plan.start)
    return own if own == scan.interviewee else None


def _in_a_quotation(plan: Plan) -> str | None:
    """Who is quoted: "“Cục sẽ công bố ...”, bà Lan nói."."""
    speaker = _named_speaker(plan.clause)
    return speaker if speaker is not None and _is_quoted(plan.clause) else None


_SPEAKERS: tuple[Callable[[Plan], str | None], ...] = (
    _by_a_word_of_speech,
    _behind_what_is_said,
    _by_a_pronoun,
    _as_we,
    _in_an_interview,
    _in_a_quotation,
)


def _named_speaker(clause: Clause) -> str | None:
    """Who spoke last, if it is a person of whom the text tells what he is."""
    speaker = clause.context.speaker
    return speaker if speaker in clause.scan.titles_of else None


def _is_quoted(clause: Clause) -> bool:
    """Whether a sentence begins a quotation, or goes on with the one its block begins with."""
    text, start = clause.scan.text, clause.sentence.start
    if text[start] in '“"':
        return True
    block, speaker = clause.scan.document.blocks[clause.sentence.block], clause.context.speaker
    if text[block.start] != "“" or speaker is None or text.find("”", block.start, start) >= 0:
        return False
    close = text.find("”", start, block.end)
    return close >= 0 and text.find(speaker, close, block.end) >= 0


def has_just_spoken(clause: Clause) -> bool:
    scan, start, end = clause.scan, clause.sentence.start, clause.end
    if scan.text[start] in '“"':
        # Who says a quotation is named behind it.
        end = scan.document.blocks[clause.sentence.block].end
    named = clause.context.speaker in scan.titles_of
    block = scan.document.blocks[clause.sentence.block]
    if named and (
        0 <= start - clause.context.spoke <= _JUST or block.start <= clause.context.spoke
    ):
        return True
    near = scan.people_between(max(0, start - _JUST), end)
    return any(person.name == clause.context.speaker for person in near)


_JUST = 500
"""Code points before a sentence in which who speaks was named."""


def speaks_for_vietnam(clause: Clause) -> bool:
    """Whether one of ours has just spoken, so that "Việt Nam mong muốn ..." is what he says."""
    speaker = clause.context.speaker
    if speaker is None or speaker not in clause.scan.titles_of:
        return False
    return not serves_abroad(clause.scan, speaker) and has_just_spoken(clause)
