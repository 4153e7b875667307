"""Addresses of giving tasks, of instruments, take-overs and typed tasks."""

from django.urls import path

from diemcau.web.assigning import instruments, take_overs, typed, views

urlpatterns = [
    path("so-theo-doi/them", typed.add, name="add_task"),
    path("so-theo-doi/thieu/", typed.unclear_tasks, name="unclear_tasks"),
    path("so-theo-doi/<int:pk>/phan-cong", views.assigning, name="assigning"),
    path("so-theo-doi/<int:pk>/rut", typed.withdraw, name="withdraw_task"),
    path("thay-the/", take_overs.take_overs, name="take_overs"),
    path("thay-the/<int:pk>/bo", take_overs.undo, name="undo_take_over"),
    path("van-ban-chi-dao/", instruments.listed, name="ledger_instruments"),
    path("van-ban-chi-dao/them", instruments.add, name="add_instrument"),
    path("van-ban-chi-dao/<int:pk>/", instruments.instrument, name="instrument"),
    path("van-ban-chi-dao/<int:pk>/sua", instruments.edit, name="edit_instrument"),
    path("van-ban-chi-dao/<int:pk>/toan-van", instruments.text, name="instrument_text"),
    path("van-ban-chi-dao/<int:pk>/ke-tiep", instruments.successor, name="instrument_successor"),
]
