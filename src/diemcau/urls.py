"""Every address of the platform."""

from django.urls import include, path

urlpatterns = [path("", include("diemcau.web.urls"))]
