"""Why a rule cannot be as somebody wrote it, as a sentence for them."""

from django.utils.translation import gettext as _

__all__ = ["RuleMoved", "RuleRefused"]


class RuleRefused(ValueError):
    """What was written does not make a rule; the words say what was found and expected."""


class RuleMoved(RuleRefused):
    """Somebody changed it since the person saw it; nothing was overwritten.

    Args:
        version: the one it has now.
    """

    def __init__(self, version: int) -> None:
        self.version = version
        super().__init__(_("Somebody changed this since you opened it. Look at it again."))
