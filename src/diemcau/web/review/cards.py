"""One statement as a card of the review: its lines, its form, where it was said before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diemcau.delivery.promises import only_counts
from diemcau.documents.models import Statement, StatementKind
from diemcau.documents.rules import Reader
from diemcau.documents.sentences import sentence_of
from diemcau.review.corrections import shown_value
from diemcau.review.fields import Field, told_fields
from diemcau.review.queries import MergeChoices, echoes_of, merge_choices
from diemcau.web.documents.wording import Row, confidence_words, rows_of

__all__ = ["Card", "Entry", "make_card", "make_cards"]


_WHOLE = (StatementKind.TASK, StatementKind.COMMITMENT, StatementKind.SHORTCOMING)
"""Kinds whose words are a clause, which should not break off."""


@dataclass(frozen=True)
class Entry:
    """One field of the correction form: what it is, what stands in it, what is wrong with it."""

    field: Field
    name: str
    value: str
    problem: str = ""

    @property
    def options(self) -> list[tuple[str, str]]:
        """The choices of a list, the value that stands in it among them."""
        choices = [(key, str(words)) for key, words in (self.field.choices or {}).items()]
        if self.value and self.value not in dict(choices):
            choices.append((self.value, self.value))
        return choices


@dataclass(frozen=True)
class Card:
    """What the page shows of a statement.

    Args:
        mode: "" to look, "edit" for the correction form, "merge" for the choice of another.
        choices: where merging, what it may be merged into.
        echoes: statements of other documents that say the same.
        problem: why the last decision was not taken.
    """

    statement: Statement
    rows: Sequence[Row]
    mode: str = ""
    entries: Sequence[Entry] = ()
    choices: MergeChoices | None = None
    echoes: Sequence[Statement] = ()
    problem: str = ""
    done: str = ""
    confidence: str = ""

    @property
    def rest(self) -> str:
        """What follows in the sentence of a task, a commitment or a shortcoming; the others name.

        A reading that ends too early is seen to.
        """
        if self.statement.kind not in _WHOLE:
            return ""
        rest = sentence_of(self.statement).after.strip()
        return rest if any(letter.isalnum() for letter in rest) else ""

    @property
    def only_counts(self) -> bool:
        """Whether accepting it makes no item of the register: it tells how many texts there are."""
        return self.statement.kind == StatementKind.COMMITMENT and only_counts(self.statement)

    @property
    def n_more_echoes(self) -> int:
        """Echoes beyond the three that are shown."""
        return max(0, len(self.echoes) - 3)


def make_cards(
    by: Reader, statements: Sequence[Statement], *, modes: Mapping[int, str] | None = None
) -> list[Card]:
    """The cards of some statements of one document, as a person may see them.

    Args:
        modes: by statement id, what stands open: "edit" or "merge".
    """
    tasks = [s.pk for s in statements if s.kind == StatementKind.TASK]
    echoes: dict[int, list[Statement]] = defaultdict(list)
    for pk, other in echoes_of(by, tasks) if tasks else ():
        echoes[pk].append(other)
    return [
        make_card(by, s, mode=(modes or {}).get(s.pk, ""), echoes=echoes.get(s.pk, ()))
        for s in statements
    ]


def make_card(
    by: Reader,
    statement: Statement,
    *,
    mode: str = "",
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    echoes: Iterable[Statement] | None = None,
    problem: str = "",
    done: str = "",
) -> Card:
    """The card of one statement.

    Args:
        typed: what a person typed, kept when something is wrong.
        problems: one sentence per wrong field.
        echoes: None looks them up.
        done: what was just decided, for the line read aloud.
    """
    if echoes is None:
        is_task = statement.kind == StatementKind.TASK
        echoes = [other for _pk, other in echoes_of(by, [statement.pk])] if is_task else []
    entries = []
    if mode == "edit":
        for one in told_fields(statement.kind, statement.data):
            shown = shown_value(one, statement.values)
            value = shown if typed is None else typed.get(one.name, "")
            entries.append(
                Entry(one, one.name.replace(".", "-"), value, (problems or {}).get(one.name, ""))
            )
    return Card(
        statement=statement,
        rows=rows_of(statement),
        mode=mode,
        entries=entries,
        choices=merge_choices(statement) if mode == "merge" else None,
        echoes=list(echoes),
        problem=problem,
        done=done,
        confidence=confidence_words(statement.confidence),
    )
