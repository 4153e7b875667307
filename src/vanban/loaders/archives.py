"""Files packed in a ZIP: each a document of its own, unpacked one at a time and within limits."""

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import PurePosixPath

from vanban.loaders.limits import FILE_LIMIT, UNPACKED_LIMIT
from vanban.loaders.mail import Attachment
from vanban.loaders.packages import BROKEN
from vanban.loaders.refusals import refuse

__all__ = ["members_of"]

_MOST_MEMBERS = 1_000
_UTF_8 = 0x800


def members_of(data: bytes, *, name: str) -> Iterator[Attachment]:
    """The files of a ZIP in order, but for folders and what systems keep beside files.

    Args:
        data: the whole ZIP.
        name: its file name, for messages.
    Raises:
        DocumentError: it is damaged, has a password, or unpacks to far more than it should.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not _is_aside(info)]
            size = sum(info.file_size for info in infos)
            if len(infos) > _MOST_MEMBERS or size > UNPACKED_LIMIT:
                raise refuse("bomb", name=name)
            for info in infos:
                with archive.open(info) as file:
                    # One byte over the limit is enough to be refused as too large.
                    content = file.read(FILE_LIMIT + 1)
                yield Attachment(_name_of(info), content)
    except (NotImplementedError, RuntimeError) as e:
        raise refuse("encrypted", name=name, what="ZIP", what_en="ZIP file") from e
    except BROKEN as e:
        raise refuse("damaged", name=name, what="ZIP", what_en="ZIP file") from e


def _is_aside(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    return info.is_dir() or "__MACOSX" in path.parts or path.name.startswith((".", "~$"))


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name without its folders; many programs write UTF-8 without saying so."""
    name = info.filename
    if not info.flag_bits & _UTF_8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return " ".join(PurePosixPath(name.replace("\\", "/")).name.split()) or "tep-nen"
