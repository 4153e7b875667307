"""The description of the API, walked by Schemathesis against the program itself."""

import json
from collections import Counter
from contextlib import contextmanager

import schemathesis
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from diemcau.api.site import api
from diemcau.wsgi import application

__all__ = ["ask_everything", "operations"]

_LEFT_OUT = ("positive_data_acceptance", "ignored_auth")
_SMALL = 12
_HEALTH = list(HealthCheck)


def operations():
    """Every operation of the description."""
    text = json.dumps(api.get_openapi_schema(), cls=DjangoJSONEncoder)
    schema = schemathesis.openapi.from_dict(json.loads(text))
    schema.app = application
    return [found.ok() for found in schema.get_all_operations()]


def ask_everything(operation, *, headers, n, on):
    """Ask one operation n made-up things; every answer must be as described, and none a fault.

    Left out are the check that whatever fits the schema is accepted (a cursor is a text, and yet
    not every text is a cursor), and that of signing in, which takes our own token for a made-up
    one: it is tested beside.
    Returns:
        How often each status was answered.
    """
    load_all_checks()
    checks = [check for check in CHECKS.get_all() if check.__name__ not in _LEFT_OUT]
    statuses = Counter()

    @seed(on)
    @settings(max_examples=n, deadline=None, database=None, suppress_health_check=_HEALTH)
    @given(case=operation.as_strategy(), pk=st.none() | st.integers(1, _SMALL))
    def ask(case, pk):
        made_up = (case.path_parameters or {}).get("pk")
        if pk is not None and str(made_up).isdecimal() and int(made_up) > 0:
            # A number made up hits nothing; a small one often does.
            case.path_parameters["pk"] = pk
        response = case.call(headers={"Host": "localhost", **headers})
        statuses[response.status_code] += 1
        case.validate_response(response, checks=checks)

    with _same_connection():
        ask()
    return statuses


@contextmanager
def _same_connection():
    """The requests share the connection, and the transaction, of whoever asks."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
