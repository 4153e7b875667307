"""Addresses of the account pages."""

from django.urls import path

from diemcau.web.accounts import views

urlpatterns = [
    path("tai-khoan/", views.accounts, name="accounts"),
    path("tai-khoan/mat-khau", views.password, name="password"),
    path("tai-khoan/<int:pk>/vai-tro", views.role, name="account_role"),
]
