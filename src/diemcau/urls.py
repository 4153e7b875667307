"""Every address of the platform."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("diemcau.api.urls")),
    path("", include("diemcau.web.urls")),
]
