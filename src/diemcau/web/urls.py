"""Addresses of the pages, one include per area."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from diemcau.web.home import views as home

urlpatterns = [
    path("", home.home, name="home"),
    path(
        "dang-nhap",
        LoginView.as_view(template_name="web/login.html", redirect_authenticated_user=True),
        name="login",
    ),
    path("dang-xuat", LogoutView.as_view(), name="logout"),
    path("", include("diemcau.web.documents.urls")),
    path("", include("diemcau.web.review.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
