"""`diemcau urge`: say what is due now and send the letters that wait; for a timer, every few
minutes."""

from django.utils import timezone, translation

from diemcau.audit.actions import origin
from diemcau.urging.actions import urge
from diemcau.urging.actions.saying import letters_due
from diemcau.urging.plan import make_plan
from diemcau.urging.sending import send_letters
from diemcau.urging.shipped import ensure_rules
from diemcau.urging.words import as_notice, say_why

__all__ = ["run_urge"]


def run_urge(*, dry_run: bool = False) -> int:
    """Do one round; printed is what was, or would be, said.

    Args:
        dry_run: write and send nothing, print every line.
    Returns:
        Exit status: 0, also where nothing was to be said.
    """
    with translation.override("vi"), origin("cli"):
        if not dry_run:
            ensure_rules()
        plan = make_plan()
        if plan.unknown_year:
            print(
                f"Chưa có ngày nghỉ lễ nào của năm {plan.opens.year}; hãy nhập theo thông báo"
                " nghỉ lễ. / No public holiday of the year is entered."
            )
        if plan.waits:
            print(f"Ngoài giờ: gửi từ {plan.opens:%H:%M %d/%m/%Y}. / Out of hours.")
        if dry_run:
            for one in plan.sayings:
                names = ", ".join(str(person) for person in one.people)
                print(f"{names}: {one.item.task.title} ({say_why(as_notice(one))})")
            print(f"{len(plan.sayings)} việc sẽ được nhắc. / {len(plan.sayings)} things to say.")
            return 0
        if plan.waits:
            return 0
        if plan.sayings or letters_due(plan.at):
            run = urge(None)
            at = timezone.localtime(run.at)
            print(
                f"{at:%H:%M}: {run.n_notices} thông báo / notices, {run.n_letters} thư / letters."
            )
        for state, n in sorted(send_letters().items()):
            print(f"Thư / letters: {n} {state}")
    return 0
