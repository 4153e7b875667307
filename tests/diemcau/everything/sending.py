"""What is sent to an address: a form or JSON, its fields perhaps functions of everything."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.diemcau.readings import REPORT

__all__ = ["OBSTACLE", "as_json", "form", "new_report"]

OBSTACLE = {"what": "chờ bạn", "cause": "partner", "side": "partner", "level": "ministry"}


def new_report(w):
    return SimpleUploadedFile("moi.txt", REPORT.replace("91 điểm", "92 điểm").encode())


def as_json(**values):
    """What is sent as JSON; a field may be a function of everything."""
    return lambda w: (
        "application/json",
        {name: value(w) if callable(value) else value for name, value in values.items()},
    )


def form(**values):
    return lambda w: {
        name: value(w) if callable(value) else value for name, value in values.items()
    }
