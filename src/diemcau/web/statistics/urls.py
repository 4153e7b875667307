"""Addresses of the statistics, of reports, and of matters over conferences."""

from django.urls import path

from diemcau.web.statistics import cells, checking, commitments, matters, six_fields

urlpatterns = [
    path("thong-ke/", cells.statistics, name="statistics"),
    path("thong-ke/cam-ket/", commitments.funnel, name="funnel"),
    path("thong-ke/sau-noi-dung/", six_fields.six_fields, name="six_fields"),
    path("thong-ke/kiem-so/", checking.checked_figures, name="checked_figures"),
    path("noi-lai/chuoi/", matters.threads, name="threads"),
    path("noi-lai/chuoi/<int:pk>/", matters.thread, name="thread"),
    path("noi-lai/chuoi/<int:pk>/tach", matters.part, name="thread_part"),
    path("noi-lai/gop", matters.join, name="thread_join"),
    path("noi-lai/thay-doi/<int:pk>/hoan-lai", matters.undo, name="thread_undo"),
    path("noi-lai/so-sanh/", matters.compare, name="compare_conferences"),
]
