"""Planned: "Bộ sẽ tập trung vào việc triển khai ..."."""

from vanban.readers.tasks.planned.plans import works_together
from vanban.readers.tasks.planned.reader import planned
from vanban.readers.tasks.planned.speakers import speaks_for_vietnam

__all__ = ["planned", "speaks_for_vietnam", "works_together"]
