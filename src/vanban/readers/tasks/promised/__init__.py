"""Promised: "Hai bên nhất trí thúc đẩy ..."."""

from vanban.readers.tasks.promised.bodies import body_alone, joint
from vanban.readers.tasks.promised.reader import promised
from vanban.readers.tasks.promised.subjects import first_subject, sentence_subject

__all__ = ["body_alone", "first_subject", "joint", "promised", "sentence_subject"]
