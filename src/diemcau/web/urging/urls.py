"""Addresses of urging."""

from django.urls import path

from diemcau.web.urging import calendar, keeping, notices, reminders

urlpatterns = [
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/so", notices.unread, name="notices_unread"),
    path("thong-bao/cach-nhan", notices.ways, name="ways"),
    path("don-doc/", keeping.rules, name="urging_rules"),
    path("don-doc/xem-truoc", keeping.preview, name="urging_preview"),
    path("don-doc/quy-tac/<int:pk>/", keeping.rule, name="urging_rule"),
    path("don-doc/bao-cao/<int:pk>/", keeping.duty, name="urging_duty"),
    path("don-doc/bao-cao/<int:pk>/ngoai-le", keeping.except_body, name="urging_except"),
    path("don-doc/ngoai-le/<int:pk>/het", keeping.end, name="urging_exception_end"),
    path("don-doc/gio", keeping.hours, name="urging_hours"),
    path("don-doc/ngay-nghi", keeping.holiday, name="urging_holiday"),
    path("don-doc/cong-van/", reminders.reminders, name="reminders"),
    path("don-doc/cong-van/moi", reminders.new, name="reminder_new"),
    path("don-doc/cong-van/<int:pk>/", reminders.reminder, name="reminder"),
    path("don-doc/lich/<str:ref>/", calendar.calendar, name="report_calendar"),
]
