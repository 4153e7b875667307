"""Addresses of documents."""

from django.urls import path

from diemcau.web.documents import custody, views

urlpatterns = [
    path("tai-lieu/", views.documents, name="documents"),
    path("tai-lieu/tai-len", views.upload, name="upload"),
    path("tai-lieu/<int:pk>/", views.document, name="document"),
    path("tai-lieu/<int:pk>/tep", views.download, name="document_file"),
    path("tai-lieu/<int:pk>/doc-lai", views.read_again, name="document_reread"),
    path("tai-lieu/<int:pk>/quan-ly", custody.custody, name="custody"),
    path("tai-lieu/<int:pk>/ghi-chu", custody.remark, name="remark"),
    path("cau/<int:pk>", views.statement, name="statement"),
]
