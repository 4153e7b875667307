"""Addresses of the audit log."""

from django.urls import path

from diemcau.web.audit import views

urlpatterns = [
    path("nhat-ky/", views.log, name="audit_log"),
    path("nhat-ky/<int:pk>/", views.entry, name="audit_entry"),
    path("nhat-ky/kiem-tra", views.verify, name="audit_verify"),
    path("nhat-ky/xuat", views.export, name="audit_export"),
]
