"""Passkeys (WebAuthn): what the browser is asked, and whether its answer holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from diemcau.accounts.models import User
from diemcau.signin.models import Passkey
from diemcau.signin.sealing import digest

__all__ = ["NewPasskey", "ask_to_make", "ask_to_sign", "can_have_passkeys", "check_made", "spend"]

State = dict[str, Any]


@dataclass(frozen=True)
class NewPasskey:
    """A credential a browser has made: its identifier and its attested data."""

    credential_id: str
    data: bytes
    n_signed: int


def can_have_passkeys(site: str) -> bool:
    """Whether browsers make passkeys for an address: a name, over https or on this machine."""
    parts = urlsplit(site)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return parts.scheme == "https" or host == "localhost"
    return False


def ask_to_make(site: str, person: User) -> tuple[dict[str, Any], State]:
    """Options for `navigator.credentials.create`, and the state that checks the answer."""
    options, state = _server(site).register_begin(
        PublicKeyCredentialUserEntity(
            id=digest("passkey", str(person.pk))[:32].encode(),
            name=person.username,
            display_name=str(person),
        ),
        credentials=[_described(key) for key in Passkey.objects.filter(person=person)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _as_json(options), _plain(state)


def check_made(site: str, state: State, answer: Mapping[str, Any]) -> NewPasskey:
    """Check what `navigator.credentials.create` answered.

    Raises:
        ValidationError: it does not hold.
    """
    made: AuthenticatorData = _guard(lambda: _server(site).register_complete(state, answer))
    assert made.credential_data is not None
    # Parsing once more refuses what the class read leniently.
    _guard(lambda: RegistrationResponse.from_dict(answer))
    return NewPasskey(
        websafe_encode(made.credential_data.credential_id),
        bytes(made.credential_data),
        made.counter,
    )


def ask_to_sign(site: str, person: User | None) -> tuple[dict[str, Any], State]:
    """Options for `navigator.credentials.get`: any passkey of the site, or those of one person."""
    keys = Passkey.objects.filter(person=person) if person else None
    options, state = _server(site).authenticate_begin(
        credentials=None if keys is None else [_described(key) for key in keys],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _as_json(options), _plain(state)


def spend(site: str, state: State, answer: Mapping[str, Any], person: User | None) -> Passkey:
    """Check what `navigator.credentials.get` answered and count the use; inside a transaction.

    Args:
        person: whose passkey it must be; None takes anybody's.
    Raises:
        ValidationError: it does not hold, or the passkey is not known here.
    """
    given: AuthenticationResponse = _guard(lambda: AuthenticationResponse.from_dict(answer))
    found = Passkey.objects.select_for_update(of=("self",)).select_related("person")
    key = found.filter(credential_id=websafe_encode(given.raw_id)).first()
    if key is None or (person is not None and key.person_id != person.pk):
        raise ValidationError(_("This passkey is not known here."))
    data = AttestedCredentialData(bytes(key.data))
    _guard(lambda: _server(site).authenticate_complete(state, [data], answer))
    counter = given.response.authenticator_data.counter
    if counter and counter <= key.n_signed:
        raise ValidationError(_("This passkey was copied; it is not taken. Remove it."))
    key.n_signed, key.used_at = counter, timezone.now()
    key.save(update_fields=["n_signed", "used_at"])
    return key


def _server(site: str) -> Fido2Server:
    host = urlsplit(site).hostname or ""
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name="Điểm Cầu"),
        verify_origin=lambda origin: origin == site,
    )


def _described(key: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY,
        id=AttestedCredentialData(bytes(key.data)).credential_id,
    )


def _as_json(options: Any) -> dict[str, Any]:
    return dict(dict(options)["publicKey"])


def _plain(state: State) -> State:
    return {name: None if value is None else str(value) for name, value in state.items()}


def _guard(check: Callable[[], Any]) -> Any:
    # The library raises what its parsers raise; whatever it is, the answer does not hold.
    try:
        return check()
    except ValidationError:
        raise
    except Exception as refused:
        raise ValidationError(_("The passkey's answer does not hold; try again.")) from refused
