"""Addresses of the pages, one include per area."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from diemcau.web.figures import views as figures
from diemcau.web.home import views as home
from diemcau.web.lists import views as lists
from diemcau.web.search import views as search
from diemcau.web.tasks import bulk, leader, register, saved
from diemcau.web.tasks import views as tasks

urlpatterns = [
    path("", home.home, name="home"),
    path("tim", search.search, name="search"),
    path("so-theo-doi/", register.tasks, name="tasks"),
    path("so-theo-doi/toan-canh", leader.leader, name="leader"),
    path("so-theo-doi/goi-y", register.suggestions, name="task_suggestions"),
    path("so-theo-doi/sua-nhieu", bulk.bulk, name="bulk"),
    path("so-theo-doi/sua-nhieu/<int:pk>/", bulk.bulk_result, name="bulk_result"),
    path("so-theo-doi/khung-nhin", saved.views, name="task_views"),
    path("so-theo-doi/khung-nhin/them", saved.add_view, name="task_view_add"),
    path("so-theo-doi/khung-nhin/<int:pk>/", saved.change_view, name="task_view"),
    path("so-theo-doi/<int:pk>/han", tasks.set_due_rule, name="set_due_rule"),
    path("noi-lai/", tasks.echoes, name="echoes"),
    path("noi-lai/<int:pk>/", tasks.decide_echo, name="decide_echo"),
    path("so-lieu/", figures.figures, name="figures"),
    path("so-lieu/<int:pk>/", figures.figure, name="figure"),
    path("doi-chieu/", figures.clashes, name="clashes"),
    path("doi-chieu/<int:pk>/", figures.clash, name="clash"),
    path("doi-chieu/<int:pk>/quyet", figures.decide_comparison, name="decide_comparison"),
    path("su-kien/", lists.events, name="events"),
    path("nguoi/", lists.people, name="people"),
    path("van-ban/", lists.instruments, name="instruments"),
    path("doi-tac/", lists.partners, name="partners"),
    path("han-che/", lists.shortcomings, name="shortcomings"),
    path("cam-ket/", lists.commitments, name="commitments"),
    path("", include("diemcau.web.agreements.urls")),
    path("", include("diemcau.web.access.urls")),
    path("", include("diemcau.web.accounts.urls")),
    path("", include("diemcau.web.assigning.urls")),
    path("", include("diemcau.web.audit.urls")),
    path("", include("diemcau.web.signin.urls")),
    path("", include("diemcau.web.directory.urls")),
    path("", include("diemcau.web.documents.urls")),
    path("", include("diemcau.web.exchange.urls")),
    path("", include("diemcau.web.following.urls")),
    path("", include("diemcau.web.gate.urls")),
    path("", include("diemcau.web.jobs.urls")),
    path("", include("diemcau.web.operation.urls")),
    path("", include("diemcau.web.review.urls")),
    path("", include("diemcau.web.urging.urls")),
    path("", include("diemcau.web.statistics.urls")),
    path("ngon-ngu", login_not_required(set_language), name="set_language"),
]
