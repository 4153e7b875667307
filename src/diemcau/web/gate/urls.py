"""Addresses of the gate."""

from django.urls import path

from diemcau.web.gate import held, papers, stops

urlpatterns = [
    path("tai-lieu/dung-lai/", stops.stops, name="stops"),
    path("tai-lieu/dung-lai/<int:pk>/", stops.stop, name="stop"),
    path("tai-lieu/dung-lai/<int:pk>/quyet", stops.decide, name="decide_stop"),
    path("tai-lieu/tam-giu/", held.held_files, name="held"),
    path("tai-lieu/tam-giu/<int:pk>/quyet", held.decide, name="decide_held"),
    path("tai-lieu/ban-giay/", papers.papers, name="papers"),
]
