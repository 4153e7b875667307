"""Tasks: what somebody is told, asked, planned or promised to do, one record per clause."""

from vanban.readers.tasks.reader import read_tasks, said_once

__all__ = ["read_tasks", "said_once"]
