"""Addresses of the account pages."""

from django.urls import path

from diemcau.web.accounts import tokens, views

urlpatterns = [
    path("tai-khoan/ma-truy-cap/", tokens.tokens, name="tokens"),
    path("tai-khoan/ma-truy-cap/<int:pk>/thu-hoi", tokens.revoke, name="token_revoke"),
    path("tai-khoan/mat-khau", views.password, name="password"),
]
