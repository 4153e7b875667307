"""`diemcau prepare`: make what is there fit this version; run before the service is started.

It may be run any number of times: what fits already is left as it is.
"""

from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from diemcau.audit.actions import origin
from diemcau.commands.assets import LOCALE, build_assets
from diemcau.commands.first_login import first_login, first_login_note
from diemcau.commands.run import read_outdated
from diemcau.commands.schema import fit_schema
from diemcau.directory.shipped import ensure_shipped_rows

__all__ = ["prepare"]


def prepare() -> int:
    """Migrate, add shipped rows, collect assets, read again what an older reader read."""
    # Set-up has built them; the user of the service may not write where the program is.
    if not any(LOCALE.glob("*/LC_MESSAGES/django.mo")):
        build_assets()
    with translation.override("vi"), origin("cli"):
        if problem := fit_schema():
            print(problem)
            return 1
        ensure_shipped_rows()
        login = first_login()
        read_outdated()
    # Older hashed files stay: a page that is open still asks for them.
    call_command("collectstatic", interactive=False, verbosity=0)
    if login is not None:
        print(f"Tên và mật khẩu đầu tiên / First name and password: {first_login_note()}")
    print(f"Đã sẵn sàng / Ready: {settings.DATABASES['default']['NAME']}, {settings.STATIC_ROOT}")
    return 0
