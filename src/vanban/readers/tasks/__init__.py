"""Tasks: what somebody is told, asked, planned or promised to do, one record per clause."""

from vanban.readers.tasks.reader import read_tasks, said_once
from vanban.readers.tasks.weighed import likely

__all__ = ["likely", "read_tasks", "said_once"]
