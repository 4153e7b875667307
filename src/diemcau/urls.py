"""Every address of the platform."""

from django.urls import include, path

handler500 = "diemcau.web.operation.trouble.server_error"
urlpatterns = [
    path("api/", include("diemcau.api.urls")),
    path("", include("diemcau.web.urls")),
]
