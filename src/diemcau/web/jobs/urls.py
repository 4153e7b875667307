"""Addresses of work in the background."""

from django.urls import path

from diemcau.web.jobs import views

urlpatterns = [
    path("viec-nen/", views.jobs, name="jobs"),
    path("viec-nen/<int:pk>/", views.job, name="job"),
    path("viec-nen/<int:pk>/huy", views.cancel, name="job_cancel"),
    path("viec-nen/<int:pk>/tiep", views.resume, name="job_resume"),
]
