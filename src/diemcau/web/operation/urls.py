"""Addresses for machines."""

from django.urls import path

from diemcau.web.operation import views

urlpatterns = [
    path("suc-khoe/song", views.live, name="live"),
    path("suc-khoe/san-sang", views.ready, name="ready"),
    path("suc-khoe/so-do", views.metrics, name="metrics"),
]
