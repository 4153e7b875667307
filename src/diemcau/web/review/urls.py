"""Addresses of the review."""

from django.urls import path

from diemcau.web.review import views

urlpatterns = [
    path("ra-soat/", views.review, name="review"),
    path("ra-soat/<int:pk>/", views.review_document, name="review_document"),
    path("ra-soat/<int:pk>/loat", views.batch, name="review_batch"),
    path("ra-soat/<int:pk>/loat/so", views.batch_count, name="review_batch_count"),
    path("ra-soat/loat/<int:pk>/hoan-tac", views.undo, name="review_undo_batch"),
    path("ra-soat/cau/<int:pk>", views.card, name="review_card"),
]
