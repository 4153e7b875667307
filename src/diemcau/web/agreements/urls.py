"""Addresses of agreements, commitments and events."""

from django.urls import path

from diemcau.web.agreements import commitments, events, views

urlpatterns = [
    path("thoa-thuan/", views.agreements, name="agreements"),
    path("thoa-thuan/them", views.edit, name="agreement_add"),
    path("thoa-thuan/<int:pk>/", views.agreement, name="agreement"),
    path("thoa-thuan/<int:pk>/sua", views.edit, name="agreement_edit"),
    path("thoa-thuan/<int:pk>/giai-doan", views.stage, name="agreement_stage"),
    path(
        "thoa-thuan/<int:pk>/giai-doan/<int:stage>/rut",
        views.stage_take_back,
        name="agreement_stage_take_back",
    ),
    path("thoa-thuan/<int:pk>/thay-the", views.replace, name="agreement_replace"),
    path("thoa-thuan/<int:pk>/rut", views.withdraw, name="agreement_withdraw"),
    path("cam-ket/them", commitments.write, name="commitment_add"),
    path("so-theo-doi/<int:pk>/gan-ket", commitments.ties, name="task_ties"),
    path("so-theo-doi/<int:pk>/cam-ket", commitments.place, name="commitment_place"),
    path("so-theo-doi/<int:pk>/ngay", commitments.day, name="task_day"),
    path("so-theo-doi/<int:pk>/su-kien", commitments.serve, name="task_serve"),
    path("phuc-vu/<int:pk>/thoi", commitments.stop, name="serving_stop"),
    path("su-kien/them", events.edit, name="event_add"),
    path("su-kien/<int:pk>/", events.event, name="event"),
    path("su-kien/<int:pk>/sua", events.edit, name="event_edit"),
    path("su-kien/<int:pk>/gop", events.merge, name="event_merge"),
    path("su-kien/gop/<int:pk>/tach", events.split, name="event_split"),
]
