"""Addresses of documents."""

from django.urls import path

from diemcau.web.documents import views

urlpatterns = [
    path("tai-lieu/", views.documents, name="documents"),
    path("tai-lieu/tai-len", views.upload, name="upload"),
    path("tai-lieu/<int:pk>/", views.document, name="document"),
    path("tai-lieu/<int:pk>/tep", views.download, name="document_file"),
    path("tai-lieu/<int:pk>/doc-lai", views.read_again, name="document_reread"),
    path("cau/<int:pk>", views.statement, name="statement"),
]
