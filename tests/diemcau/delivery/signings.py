"""An agreement made by hand, as a person records it."""

import datetime as dt

from diemcau.delivery.actions import AgreementFields, save_agreement

__all__ = ["MOU", "signed"]

MOU = AgreementFields(
    title="Bản ghi nhớ về hợp tác logistics xanh",
    kind="Bản ghi nhớ",
    signed_on=dt.date(2025, 3, 4),
    ours=["Bộ Công Thương"],
    theirs=["Singapore"],
)


def signed(document, agreement=None, **changes):
    fields = {**{name: getattr(MOU, name) for name in MOU.__slots__}, **changes}
    return save_agreement(
        None, document=document, agreement=agreement, fields=AgreementFields(**fields)
    )
