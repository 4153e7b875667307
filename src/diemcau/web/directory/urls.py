"""Addresses of the directory."""

from django.urls import path

from diemcau.web.directory import bodies, figures, files, measures, partners, units
from diemcau.web.tasks import board

urlpatterns = [
    path("danh-ba/", bodies.tree, name="directory"),
    path("danh-ba/co-quan/moi", bodies.edit, name="directory_add"),
    path("danh-ba/co-quan/<str:ref>/", bodies.body, name="directory_body"),
    path("danh-ba/co-quan/<str:ref>/sua", bodies.edit, name="directory_edit"),
    path("danh-ba/co-quan/<str:ref>/ke-thua", bodies.succession, name="directory_succession"),
    path("danh-ba/co-quan/<str:ref>/nguoi-giu", bodies.holder, name="directory_holder"),
    path("danh-ba/co-quan/<str:ref>/cong-viec", board.board, name="body_board"),
    path("danh-ba/doi-tac/", partners.partners, name="directory_partners"),
    path("danh-ba/doi-tac/<str:ref>/", partners.partner, name="directory_partner"),
    path("danh-ba/theo-don-vi", units.by_body, name="directory_by_body"),
    path("danh-ba/theo-don-vi.xlsx", units.by_body_file, name="directory_by_body_file"),
    path("danh-ba/so-lieu.xlsx", figures.figures_by_unit_file, name="figures_by_unit_file"),
    path("danh-ba/do-luong", measures.measures, name="directory_measures"),
    *(
        path(
            f"danh-ba/do-luong/{stem}.{ending}",
            measures.measures_file,
            {"name": name},
            name=f"directory_measures_{name}",
        )
        for name, stem, ending in (
            ("xlsx", "do-luong", "xlsx"),
            ("json", "do-luong", "json"),
            ("measures", "measures", "csv"),
            ("units", "units", "csv"),
        )
    ),
    path("danh-ba/so-lieu", figures.figures_by_unit, name="figures_by_unit"),
    path("danh-ba/cho-xac-nhan", units.unconfirmed, name="directory_unconfirmed"),
    path("danh-ba/tra-ten", bodies.look_up, name="directory_look_up"),
    path("danh-ba/tep/<str:name>", files.download, name="directory_file"),
    path("danh-ba/nhap", files.take_in, name="directory_import"),
]
