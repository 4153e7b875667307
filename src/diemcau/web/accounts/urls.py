"""Addresses of access tokens."""

from django.urls import path

from diemcau.web.accounts import tokens

urlpatterns = [
    path("tai-khoan/ma-truy-cap/", tokens.tokens, name="tokens"),
    path("tai-khoan/ma-truy-cap/<int:pk>/thu-hoi", tokens.revoke, name="token_revoke"),
]
