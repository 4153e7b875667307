"""A small tree of bodies: a ministry with two departments, a province, a body that was merged."""

import datetime as dt

from diemcau.directory.models import Body, BodyName, Source, Succession, SuccessionKind
from vanban.directory.names import bare, key

__all__ = ["make_tree"]


def make_tree():
    """Bodies by a short name; "cu" was merged whole into "bo" on 1 March 2025."""
    source, _made = Source.objects.get_or_create(key="thu", defaults={"what": "thử"})

    def make(ref, name, parent=None, **more):
        made = Body.objects.create(
            ref=ref,
            kind="ministry",
            name=name,
            sort=ref,
            folded=bare(key(name)),
            parent=parent,
            source=source,
            sure="A",
            **more,
        )
        BodyName.objects.create(body=made, name=name, key=key(name))
        return made

    found = {"bo": make("bo-thu", "Bộ Thử nghiệm"), "tinh": make("tinh-thu", "Tỉnh Thử")}
    found["vu"] = make("vu-thu", "Vụ Một", found["bo"])
    found["phong"] = make("phong-thu", "Phòng Một", found["vu"])
    found["vu2"] = make("vu2-thu", "Vụ Hai", found["bo"])
    found["so"] = make("so-thu", "Sở Một", found["tinh"])
    found["cu"] = make("cu-thu", "Bộ Cũ", valid_to=dt.date(2025, 2, 28))
    Succession.objects.create(
        before=found["cu"],
        after=found["bo"],
        kind=SuccessionKind.MERGED,
        on=dt.date(2025, 3, 1),
        source=source,
        sure="A",
    )
    return found
