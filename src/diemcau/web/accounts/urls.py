"""Addresses of the account pages."""

from django.urls import path

from diemcau.web.accounts import views

urlpatterns = [
    path("tai-khoan/mat-khau", views.password, name="password"),
]
