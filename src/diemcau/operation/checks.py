"""What stands in the way of running or upgrading an installation, found without changing it."""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from diemcau.accounts.first_note import first_login_note
from diemcau.audit import append_only
from diemcau.audit.models import AuditEntry
from diemcau.documents.models import Document
from diemcau.operation.backup import last_backup_note
from diemcau.operation.readiness import pending_migrations
from diemcau.operation.restore import is_unfinished
from diemcau.operation.stored import walk_files

__all__ = ["Finding", "Level", "check"]

_GB = 1024**3
_LEAST_FREE = 2 * _GB
_OLDEST_BACKUP = timedelta(days=2)
_LONGEST_DRIFT = 5.0
_SHORTEST_KEY = 32


class Level(Enum):
    """How much a finding matters."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing, in both languages, with what to do if it is not well."""

    level: Level
    vi: str
    en: str


def check() -> list[Finding]:
    """Look at everything; what needs the database is left out where it does not answer."""
    found = list(_database())
    looks: list[Callable[[], Iterator[Finding]]] = [
        *(_disk, _secrets, _settings, _services, _assets, _backup)
    ]
    if all(one.level is not Level.ERROR for one in found):
        looks = [_durability, _migrations, _log, _clock, _files, *looks]
    for look in looks:
        found += look()
    return found


def _good(vi: str, en: str) -> Finding:
    return Finding(Level.GOOD, vi, en)


def _warning(vi: str, en: str) -> Finding:
    return Finding(Level.WARNING, vi, en)


def _error(vi: str, en: str) -> Finding:
    return Finding(Level.ERROR, vi, en)


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            connection.check_database_version_supported()
    except DatabaseError as problem:
        kind = type(problem).__name__
        yield _error(
            f"Không kết nối được cơ sở dữ liệu ({kind}): hãy xem DATABASE_URL và máy chủ của nó.",
            f"The database does not answer ({kind}): see DATABASE_URL and its server. {problem}",
        )
        return
    version = ".".join(str(n) for n in connection.get_database_version())
    if connection.vendor == "sqlite":
        yield _good(f"SQLite {version}.", f"SQLite {version}.")
        return
    yield _good(f"PostgreSQL {version}.", f"PostgreSQL {version}.")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone()
    if encoding != "UTF8":
        yield _error(
            f"Bảng mã của cơ sở dữ liệu là {encoding}: hãy tạo lại với UTF8 rồi khôi phục.",
            f"The database is encoded in {encoding}: make one in UTF8 and restore into it.",
        )


def _durability() -> Iterator[Finding]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        (commit,) = cursor.fetchone()
        cursor.execute("SHOW fsync")
        (fsync,) = cursor.fetchone()
    if "off" in (commit, fsync):
        yield _error(
            f"PostgreSQL có fsync={fsync}, synchronous_commit={commit}: mất điện có thể mất việc đã"
            " báo là ghi xong; hãy bật cả hai.",
            f"PostgreSQL runs with fsync={fsync}, synchronous_commit={commit}: what was confirmed"
            " may be lost with the power; switch both on.",
        )


def _migrations() -> Iterator[Finding]:
    if is_unfinished():
        yield _error(
            "Một lần khôi phục bị dừng giữa chừng: hãy chạy lại `diemcau restore`.",
            "A restore was interrupted: run `diemcau restore` again.",
        )
        return
    loader = MigrationLoader(connection)
    replaced = {old for m in loader.disk_migrations.values() for old in m.replaces}
    strange = sorted(set(loader.applied_migrations) - set(loader.disk_migrations) - replaced)
    if strange:
        names = ", ".join(".".join(one) for one in strange[:3])
        yield _error(
            f"Cơ sở dữ liệu đã qua bản mới hơn ({names}): hãy cài bản đó, hoặc khôi phục bản sao"
            " lưu.",
            f"The database is of a newer version ({names}): install that one, or restore a backup.",
        )
    elif pending := pending_migrations():
        names = ", ".join(pending[:3]) + (" …" if len(pending) > 3 else "")
        yield _warning(
            f"Còn {len(pending)} bước nâng cấp ({names}): sao lưu, rồi chạy `diemcau prepare`.",
            f"{len(pending)} migrations are pending ({names}): back up, then run"
            " `diemcau prepare`.",
        )
    else:
        yield _good("Cấu trúc cơ sở dữ liệu khớp với bản này.", "The schema fits this version.")


def _log() -> Iterator[Finding]:
    if pending_migrations():
        return
    if append_only.is_installed(connection):
        yield _good(
            "Cơ sở dữ liệu từ chối sửa, xóa nhật ký.", "The database refuses to change the log."
        )
    else:
        yield _error(
            "Thiếu khóa chống sửa nhật ký trong cơ sở dữ liệu: hãy chạy `diemcau prepare`.",
            "The triggers that keep the log are missing: run `diemcau prepare`.",
        )


def _clock() -> Iterator[Finding]:
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield _error(
            f"Máy không có múi giờ {settings.TIME_ZONE}: hãy cài gói tzdata.",
            f"This machine does not know the time zone {settings.TIME_ZONE}: install tzdata.",
        )
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            drift = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())
            if drift > _LONGEST_DRIFT:
                yield _warning(
                    f"Đồng hồ máy này và máy cơ sở dữ liệu lệch {drift:.0f} giây: hãy bật NTP.",
                    f"This clock and the database's differ by {drift:.0f} s: switch NTP on.",
                )
    if pending_migrations():
        return
    last = AuditEntry.objects.order_by("-pk").values_list("at", flat=True).first()
    if last is not None and last > timezone.now() + timedelta(minutes=1):
        local = timezone.localtime(last)
        yield _error(
            f"Đồng hồ đi lùi: nhật ký có dòng lúc {local:%d/%m/%Y %H:%M}, sau bây giờ. Hãy chỉnh"
            " giờ và bật NTP.",
            f"The clock went back: the log has an entry of {local:%Y-%m-%d %H:%M}, later than now."
            " Set the clock and switch NTP on.",
        )
    else:
        now = timezone.localtime()
        yield _good(
            f"Giờ của hệ thống: {now:%d/%m/%Y %H:%M}, {settings.TIME_ZONE}.",
            f"Time here: {now:%Y-%m-%d %H:%M}, {settings.TIME_ZONE}.",
        )


def _files() -> Iterator[Finding]:
    if pending_migrations():
        return
    root = Path(settings.MEDIA_ROOT)
    there = {p.relative_to(root).as_posix(): p.stat().st_size for p in walk_files(root)}
    missing, cut, n = [], [], 0
    for path, size in Document.objects.values_list("file", "size").iterator(chunk_size=2000):
        n += 1
        if path not in there:
            missing.append(path)
        elif there.pop(path) != size:
            cut.append(path)
    if missing or cut:
        yield _error(
            f"Thiếu {len(missing)} tệp, {len(cut)} tệp sai kích thước (như {(missing + cut)[0]}):"
            " hãy lấy lại từ bản sao lưu.",
            f"{len(missing)} files are missing and {len(cut)} have another size (such as"
            f" {(missing + cut)[0]}): bring them back from a backup.",
        )
    else:
        yield _good(f"{n} tệp đủ và đúng kích thước.", f"All {n} files are there, of their size.")


def _disk() -> Iterator[Finding]:
    usage = shutil.disk_usage(settings.HOME)
    free = f"{usage.free / _GB:.1f}"
    if usage.free < _LEAST_FREE or usage.free < usage.total // 20:
        yield _warning(
            f"Ổ đĩa của {settings.HOME} chỉ còn {free} GB: hãy dọn chỗ trước khi nâng cấp.",
            f"The disk of {settings.HOME} has {free} GB left: make room before an upgrade.",
        )
    else:
        yield _good(f"Ổ đĩa còn {free} GB.", f"The disk has {free} GB left.")
    if not os.access(settings.HOME, os.W_OK):
        yield _error(
            f"Không ghi được vào {settings.HOME}: hãy giao thư mục cho người dùng của dịch vụ.",
            f"{settings.HOME} cannot be written to: give it to the user of the service.",
        )


def _secrets() -> Iterator[Finding]:
    if len(settings.SECRET_KEY) < _SHORTEST_KEY:
        yield _error(
            f"Khóa bí mật ngắn hơn {_SHORTEST_KEY} ký tự: hãy đặt DIEMCAU_SECRET_KEY dài hơn.",
            f"The secret key has fewer than {_SHORTEST_KEY} characters: set a longer"
            " DIEMCAU_SECRET_KEY.",
        )
    home = Path(settings.HOME)
    private = [home / "secret-key", home / "diemcau.sqlite3", first_login_note()]
    opened = [p.name for p in private if p.exists() and _others_may_read(p)]
    # A file in a folder that others cannot enter is closed to them.
    if opened and _others_may_enter(home):
        yield _error(
            f"Người khác trên máy đọc được {', '.join(opened)}: chạy `chmod -R o= {home}`.",
            f"Others on this machine can read {', '.join(opened)}: run `chmod -R o= {home}`.",
        )
    else:
        yield _good(
            "Chỉ chủ dịch vụ đọc được khóa và dữ liệu.",
            "Key and data are closed to others on this machine.",
        )
    if first_login_note().exists():
        yield _warning(
            "Mật khẩu quản trị đầu tiên chưa được đổi: hãy đăng nhập và đổi.",
            "The first administrator's password was never changed: sign in and change it.",
        )


def _others_may_read(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IROTH)


def _others_may_enter(path: Path) -> bool:
    return bool(path.stat().st_mode & stat.S_IXOTH)


def _settings() -> Iterator[Finding]:
    if settings.DEBUG:
        yield _error(
            "DIEMCAU_DEBUG=1 để lộ dữ liệu khi có lỗi: hãy bỏ.",
            "DIEMCAU_DEBUG=1 shows data when something fails: take it away.",
        )
    if not settings.PRODUCTION:
        yield _warning(
            "Chưa đặt DIEMCAU_PRODUCTION=1: cookie không bắt buộc HTTPS; chỉ dùng để thử.",
            "DIEMCAU_PRODUCTION=1 is not set: cookies do not insist on HTTPS; for trials only.",
        )
        return
    hosts = [h for h in settings.ALLOWED_HOSTS if h not in ("127.0.0.1", "localhost")]
    if "*" in hosts:
        yield _error(
            "DIEMCAU_HOSTS có *: hãy ghi đúng tên miền của cơ quan.",
            "DIEMCAU_HOSTS holds *: write the host names people use.",
        )
    elif not hosts:
        yield _error(
            "DIEMCAU_HOSTS chưa có tên miền: trang sẽ trả lời 400 cho mọi người.",
            "DIEMCAU_HOSTS names no host: everybody would be answered 400.",
        )
    else:
        yield _good(f"Phục vụ tên miền {', '.join(hosts)}.", f"Serves {', '.join(hosts)}.")


def _services() -> Iterator[Finding]:
    if getattr(settings, "CLAMD", ""):
        yield _good("Có máy quét vi-rút.", "A virus scanner is set.")
    else:
        yield _warning(
            "Chưa đặt máy quét vi-rút (DIEMCAU_CLAMD): tệp tải lên không được quét.",
            "No virus scanner is set (DIEMCAU_CLAMD): files that come in are not scanned.",
        )
    if settings.EMAIL_HOST and settings.EMAIL_HOST != "localhost":
        yield _good("Có máy chủ thư.", "A mail server is set.")
    else:
        yield _warning(
            "Chưa đặt máy chủ thư (DIEMCAU_SMTP): không gửi được thư nào.",
            "No mail server is set (DIEMCAU_SMTP): no letter is sent.",
        )


def _assets() -> Iterator[Finding]:
    lacking = [f for f in ("web/fonts/BeVietnamPro-Regular.woff2",) if finders.find(f) is None]
    if not any(Path(p).glob("*/LC_MESSAGES/django.mo") for p in settings.LOCALE_PATHS):
        lacking.append("django.mo")
    if settings.PRODUCTION and not getattr(staticfiles_storage, "hashed_files", {}):
        lacking.append(str(settings.STATIC_ROOT))
    if lacking:
        yield _error(
            f"Thiếu phông chữ, bản dịch hoặc tệp tĩnh ({', '.join(lacking)}): chạy"
            " `diemcau prepare`.",
            f"Fonts, translations or static files are missing ({', '.join(lacking)}): run"
            " `diemcau prepare`.",
        )
    else:
        yield _good(
            "Đủ phông chữ, bản dịch, tệp tĩnh.", "Fonts, translations and static files are there."
        )


def _backup() -> Iterator[Finding]:
    try:
        note = json.loads(last_backup_note().read_text("utf-8"))
        at = datetime.fromisoformat(note["at"])
    except (OSError, ValueError, KeyError):
        yield _warning(
            "Chưa có bản sao lưu nào: chạy `diemcau backup THƯ_MỤC`.",
            "There is no backup yet: run `diemcau backup FOLDER`.",
        )
        return
    day = f"{timezone.localtime(at):%d/%m/%Y %H:%M}"
    if datetime.now(UTC) - at > _OLDEST_BACKUP:
        yield _warning(
            f"Bản sao lưu gần nhất từ {day}: hãy sao lưu trước khi làm gì khác.",
            f"The last backup is of {day}: back up before anything else.",
        )
    else:
        yield _good(f"Bản sao lưu gần nhất: {day}.", f"Last backup: {day}.")
