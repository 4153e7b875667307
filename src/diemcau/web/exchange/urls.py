"""Addresses of files of tasks."""

from django.urls import path

from diemcau.web.exchange import files, monthly, views

urlpatterns = [
    path("so-theo-doi/tep/", views.imports, name="exchange"),
    path("so-theo-doi/tep/<int:pk>/", views.one, name="exchange_file"),
    path("so-theo-doi/tep/bieu-thang/", monthly.monthly, name="exchange_month"),
    path("so-theo-doi/tep/<int:pk>/nhan-dien", views.recognise, name="exchange_recognise"),
    path("so-theo-doi/tep/<int:pk>/ghi", views.apply, name="exchange_apply"),
    path("so-theo-doi/tep/<int:pk>/hoan-tac", views.undo, name="exchange_undo"),
    path("so-theo-doi/tep/<int:pk>/dong-loi.csv", files.left_out, name="exchange_left_out"),
    path("so-theo-doi/tep/xuat", files.taken_out, name="exchange_take_out"),
    path("so-theo-doi/tep/nhiem-vu.schema.json", files.row_schema, name="exchange_schema"),
]
