"""Outside providers by OpenID Connect: going there, and what comes back."""

from dataclasses import dataclass
from functools import cache

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _
from joserfc.errors import JoseError

from diemcau.signin.configured import Provider

__all__ = ["Claimed", "come_back", "go_there", "provider_of_issuer"]

_SECONDS = 10
_SIGNED_BY_KEY = {
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    *("ES256", "ES384", "ES512", "EdDSA"),
}


@dataclass(frozen=True)
class Claimed:
    """Who the provider says it is.

    Attributes:
        issuer: the provider's issuer, as configured.
        subject: its identifier of the person, which never goes to another one.
        label: a name to show; nothing is decided by it.
    """

    provider: Provider
    subject: str
    label: str
    username: str

    @property
    def issuer(self) -> str:
        return self.provider.issuer


def provider_of_issuer(issuer: str) -> Provider | None:
    """The configured provider of an issuer."""
    return next((p for p in settings.OIDC_PROVIDERS.values() if p.issuer == issuer), None)


def go_there(request: HttpRequest, provider: Provider, back: str) -> HttpResponseRedirect:
    """Redirect to the provider with state, nonce and PKCE challenge kept in the session.

    Raises:
        ValidationError: the provider does not answer, or is another one than configured.
    """
    try:
        client = _client(provider)
        _check_metadata(client, provider)
        return client.authorize_redirect(request, back)
    except (requests.RequestException, OAuthError, ValueError, RuntimeError) as refused:
        raise ValidationError(_no_answer(provider)) from refused


def come_back(request: HttpRequest, provider: Provider) -> Claimed:
    """Check what the provider sent the browser back with.

    State, PKCE and nonce are those of this session; issuer, audience, signature and time of the ID
    token are checked; an issuer in the address must be this provider's (RFC 9207).
    Raises:
        ValidationError: it does not hold, or the person did not agree.
    """
    if "iss" in request.GET and request.GET["iss"] != provider.issuer:
        raise ValidationError(_not_held(provider))
    try:
        client = _client(provider)
        _check_metadata(client, provider)
        token = client.authorize_access_token(
            request,
            claims_options={
                "iss": {"essential": True, "values": [provider.issuer]},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
                "exp": {"essential": True},
            },
        )
    except requests.RequestException as refused:
        raise ValidationError(_no_answer(provider)) from refused
    except (OAuthError, JoseError, ValueError, KeyError, RuntimeError) as refused:
        raise ValidationError(_not_held(provider)) from refused
    claims = token.get("userinfo")
    if not claims or not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise ValidationError(_not_held(provider))
    name = claims.get("preferred_username")
    label = claims.get("name") or name or claims["sub"]
    return Claimed(provider, claims["sub"][:255], str(label)[:150], str(name or "")[:150])


@cache
def _client(provider: Provider) -> DjangoOAuth2App:
    return OAuth().register(
        provider.key,
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": provider.scope,
            "code_challenge_method": "S256",
            "default_timeout": _SECONDS,
            **({"verify": provider.ca_file} if provider.ca_file else {}),
        },
    )


def _check_metadata(client: DjangoOAuth2App, provider: Provider) -> None:
    said = client.load_server_metadata()
    if said.get("issuer") != provider.issuer:
        client.server_metadata.pop("_loaded_at", None)
        raise RuntimeError(f"issuer is {said.get('issuer')}, not {provider.issuer}")
    # A token signed with nothing, or with a word both sides know, is no proof.
    offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    said["id_token_signing_alg_values_supported"] = [a for a in offered if a in _SIGNED_BY_KEY]


def _no_answer(provider: Provider) -> str:
    return _("%(name)s does not answer properly. Try again later, or sign in another way.") % {
        "name": provider.name
    }


def _not_held(provider: Provider) -> str:
    return _("The answer of %(name)s does not hold, or you did not agree there. Try again.") % {
        "name": provider.name
    }
