"""`diemcau prepare`: make what is there fit this version; run before the service is started.

It may be run any number of times: what fits already is left as it is.
"""

from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from diemcau.audit.actions import origin
from diemcau.commands.first_login import first_login, first_login_note
from diemcau.commands.run import bring_up_to_date

__all__ = ["prepare"]


def prepare() -> int:
    """Migrate, add shipped rows, collect assets, read again what an older reader read."""
    if problem := bring_up_to_date():
        print(problem)
        return 1
    with translation.override("vi"), origin("cli"):
        login = first_login()
    # Older hashed files stay: a page that is open still asks for them.
    call_command("collectstatic", interactive=False, verbosity=0)
    if login is not None:
        print(f"Tên và mật khẩu đầu tiên / First name and password: {first_login_note()}")
    print(f"Đã sẵn sàng / Ready: {settings.DATABASES['default']['NAME']}, {settings.STATIC_ROOT}")
    return 0
