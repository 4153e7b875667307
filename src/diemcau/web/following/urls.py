"""Addresses of one task and of what people do with it."""

from django.urls import path

from diemcau.web.following import acts, confirmations, hindrances, item, reports

urlpatterns = [
    path("so-theo-doi/<int:pk>/", item.task, name="task"),
    path("so-theo-doi/<int:pk>/chuyen", acts.move, name="task_move"),
    path("so-theo-doi/<int:pk>/minh-chung", acts.evidence, name="task_evidence"),
    path("so-theo-doi/<int:pk>/lui-han", acts.slip, name="task_slip"),
    path("so-theo-doi/<int:pk>/sua-han", acts.correct, name="task_deadline"),
    path("so-theo-doi/<int:pk>/bao-cao", reports.report, name="task_report"),
    path("so-theo-doi/<int:pk>/vuong-mac", acts.hinder, name="task_obstacle"),
    path("so-theo-doi/<int:pk>/xin-xac-nhan", confirmations.ask, name="task_ask"),
    path("minh-chung/<int:pk>/rut", acts.withdraw, name="evidence_withdraw"),
    path("lui-han/<int:pk>/quyet", acts.decide, name="slip_decide"),
    path("lui-han/<int:pk>/rut", acts.take_slip_back, name="slip_withdraw"),
    path("bao-cao/<int:pk>/trinh", reports.submit, name="report_submit"),
    path("bao-cao/<int:pk>/tra-lai", reports.give_back, name="report_return"),
    path("bao-cao/<int:pk>/phat-hanh", reports.release, name="report_release"),
    path("bao-cao/<int:pk>/bo", reports.discard, name="report_discard"),
    path("vuong-mac/", hindrances.obstacles, name="obstacles"),
    path("vuong-mac/<int:pk>/go", acts.resolve, name="obstacle_resolve"),
    path("xin-xac-nhan/<int:pk>/dung", confirmations.end, name="confirmation_end"),
    path("xac-nhan-ket-qua/<str:secret>", confirmations.answer, name="confirmation_answer"),
]
