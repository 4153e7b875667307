"""One of everything, so that every address and every action can be walked."""

from tests.diemcau.everything import api, pages
from tests.diemcau.everything.addresses import arguments_of
from tests.diemcau.everything.things import make_everything

__all__ = ["READS", "TAKES", "WRITES", "arguments_of", "make_everything"]

WRITES = {**pages.WRITES, **api.WRITES}
READS = pages.READS | api.READS
TAKES = api.TAKES
