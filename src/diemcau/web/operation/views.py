"""Health and measurements for machines: no log-in, no secret, nothing about anybody."""

from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from diemcau.operation.metrics import measurements
from diemcau.operation.readiness import what_is_wrong

__all__ = ["live", "metrics", "ready"]

_PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded")


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing else of anything."""
    return JsonResponse({"live": True})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 if requests can be served, else 503; what is wrong is for `diemcau check` to say."""
    is_ready = not what_is_wrong()
    return JsonResponse({"ready": is_ready}, status=200 if is_ready else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text for who has the token; without a token, for this machine only.

    Raises:
        Http404: for everybody else, who learns nothing from it.
    """
    if not _may_measure(request):
        raise Http404
    return HttpResponse(measurements(), content_type=CONTENT_TYPE_LATEST)


def _may_measure(request: HttpRequest) -> bool:
    if token := settings.METRICS_TOKEN:
        said = request.headers.get("Authorization", "")
        return compare_digest(said.encode(), f"Bearer {token}".encode())
    # What a proxy on this machine passes on comes from elsewhere.
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
