"""What the installation says of signing in is read whole or refused with a sentence."""

import pytest

from diemcau.signin.configured import (
    Misconfigured,
    Provider,
    read_mail,
    read_minutes,
    read_providers,
    read_site,
)

ONE = {
    "DIEMCAU_OIDC_ISSUER": "https://sso.example.vn",
    "DIEMCAU_OIDC_CLIENT_ID": "diemcau",
    "DIEMCAU_OIDC_CLIENT_SECRET": "bi-mat",
}
FILE = """
[providers.bo]
name = "Cổng của Bộ"
issuer = "https://sso.example.vn"
client_id = "diemcau"
client_secret_file = "{secret}"
new_accounts = "reader"
has_second_factor = true
"""


def test_one_provider_comes_from_the_environment():
    assert read_providers({}) == {}
    assert read_providers(ONE)["sso"] == Provider(
        key="sso",
        name="sso",
        issuer="https://sso.example.vn",
        client_id="diemcau",
        client_secret="bi-mat",
    )


def test_several_providers_come_from_a_file(tmp_path):
    secret, file = tmp_path / "secret", tmp_path / "oidc.toml"
    secret.write_text("bi-mat\n")
    file.write_text(FILE.format(secret=secret))
    provider = read_providers({"DIEMCAU_OIDC_FILE": str(file)})["bo"]
    assert provider.client_secret == "bi-mat"
    assert (provider.new_accounts, provider.has_second_factor) == ("reader", True)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"DIEMCAU_OIDC_ISSUER": "http://sso.example.vn"}, "must begin with https://"),
        ({"DIEMCAU_OIDC_CLIENT_SECRET": ""}, "client_secret is missing"),
        ({"DIEMCAU_OIDC_NEW_ACCOUNTS": "administrator"}, "none, no_role, reader"),
        ({"DIEMCAU_OIDC_SCOPES": "openid"}, "found scopes"),
        ({"DIEMCAU_OIDC_SCOPE": "profile"}, 'must contain "openid"'),
        ({"DIEMCAU_OIDC_FILE": "/khong/co"}, "cannot be read"),
    ],
)
def test_what_does_not_fit_is_said(more, said):
    with pytest.raises(Misconfigured, match=said):
        read_providers(ONE | more)


def test_a_file_that_is_no_table_is_said(tmp_path):
    file = tmp_path / "oidc.toml"
    for text, said in [("x = ", "is not TOML"), ("x = 1", "expected a table")]:
        file.write_text(text)
        with pytest.raises(Misconfigured, match=said):
            read_providers({"DIEMCAU_OIDC_FILE": str(file)})


def test_the_mail_server_and_its_ways():
    said = {"DIEMCAU_URL": "https://x.vn", "DIEMCAU_MAIL_FROM": "a@x.vn"}

    def mail(address):
        found = read_mail(said | {"DIEMCAU_SMTP": address})
        return found.port, found.is_tls_from_start, found.is_tls_later

    assert read_mail({}).host == ""
    assert mail("smtp://u:p%40@mail.x.vn") == (587, False, True)
    assert mail("smtps://mail.x.vn") == (465, True, False)
    assert mail("smtp://localhost:2525") == (2525, False, False)
    assert read_mail(said | {"DIEMCAU_SMTP": "smtp://u:p%40@mail.x.vn"}).password == "p@"
    for wrong in ({"DIEMCAU_SMTP": "mail.x.vn"}, {"DIEMCAU_SMTP": "smtp://m", "DIEMCAU_URL": ""}):
        with pytest.raises(Misconfigured):
            read_mail(said | wrong)


def test_the_address_and_the_minutes():
    assert read_site({"DIEMCAU_URL": "https://x.vn/"}) == "https://x.vn"
    for wrong in ("x.vn", "ftp://x.vn", "https://x.vn/diemcau"):
        with pytest.raises(Misconfigured, match="DIEMCAU_URL"):
            read_site({"DIEMCAU_URL": wrong})
    assert read_minutes({}, "M", 60) == 60
    for wrong in ("0", "-5", "1.5", "một"):
        with pytest.raises(Misconfigured, match="whole number"):
            read_minutes({"M": wrong}, "M", 60)
