"""Addresses of the pages of people and roles."""

from django.urls import path

from diemcau.web.access import views

urlpatterns = [
    path("tai-khoan/", views.people, name="accounts"),
    path("tai-khoan/<int:pk>/", views.person, name="account"),
    path("tai-khoan/<int:pk>/giao-quyen", views.grant, name="account_grant"),
    path("tai-khoan/<int:pk>/khong-cho-xem", views.denial, name="account_deny"),
    path("tai-khoan/<int:pk>/trang-thai", views.standing, name="account_standing"),
    path("tai-khoan/<int:pk>/vi-sao", views.why, name="account_why"),
    path("tai-khoan/quyen/<int:pk>/thu-hoi", views.revoke, name="grant_revoke"),
    path("tai-khoan/quyen/<int:pk>/uy-quyen", views.lend, name="grant_lend"),
    path("tai-khoan/uy-quyen/<int:pk>/ket-thuc", views.end, name="loan_end"),
    path("tai-khoan/khong-cho-xem/<int:pk>/bo", views.lift, name="denial_lift"),
]
