"""Settings: SQLite and files on disk by default, everything else by environment variable.

DIEMCAU_HOME        folder of the database, the stored files and the secret key (default: ./var)
DATABASE_URL        postgres://user:password@host:port/name?sslmode=require (default: SQLite in
                    DIEMCAU_HOME); what stands after ? goes to libpq, a socket's folder is ?host=
DIEMCAU_KEEP_ANSWERS       0: every page is worked out anew, though nobody has written (default 1)
DIEMCAU_STATEMENT_SECONDS  PostgreSQL ends a statement that takes longer (default 30; 0: never)
DIEMCAU_PRODUCTION  1 behind HTTPS: secure cookies, hashed static files, one log line a request
DIEMCAU_STATIC      folder the static files are collected in (default: static in DIEMCAU_HOME)
DIEMCAU_LOG         json or text (default: json in production)
DIEMCAU_METRICS_TOKEN  who asks for the measurements says it; without one only this machine may
DIEMCAU_HOSTS       host names the server answers to, separated by commas
DIEMCAU_OCR_PAGES   most scanned pages of one uploaded file that tesseract recognises (20; 0: none)
DIEMCAU_DEBUG       1 for Django's debug pages; never in production
DIEMCAU_CLAMD       virus scanner: unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310 (default: none)
DIEMCAU_SCANNER_DOWN  refuse or hold: what becomes of files while it is down (default: refuse)
DIEMCAU_SECRET_KEY  secret key; otherwise one is made and kept in DIEMCAU_HOME

Signing in (docs/guides/sign-in.md):
DIEMCAU_URL         the address people open; https:// makes cookies secure, letters need it
DIEMCAU_PROXIES     proxies whose X-Forwarded-For is believed, "127.0.0.1" or "unix", by commas
DIEMCAU_OIDC_FILE   TOML file of OpenID Connect providers, or DIEMCAU_OIDC_ISSUER, _CLIENT_ID,
                    _CLIENT_SECRET, _NAME, _NEW_ACCOUNTS for one
DIEMCAU_IDLE_MINUTES, DIEMCAU_SESSION_MINUTES  when a session ends: unused for 60, after 720
DIEMCAU_SMTP        smtp://user:password@host:port or smtps://; without it no letter is sent
DIEMCAU_MAIL_FROM   sender of letters
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from diemcau.signin.configured import read_mail, read_minutes, read_providers, read_site

PACKAGE = Path(__file__).resolve().parent
HOME = Path(os.environ.get("DIEMCAU_HOME", "var")).resolve()
DEBUG = os.environ.get("DIEMCAU_DEBUG") == "1"
PRODUCTION = os.environ.get("DIEMCAU_PRODUCTION") == "1"


def _secret_key() -> str:
    if key := os.environ.get("DIEMCAU_SECRET_KEY"):
        return key
    path = HOME / "secret-key"
    if not path.exists():
        # What is kept there is for the service alone.
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _database() -> dict[str, object]:
    if url := os.environ.get("DATABASE_URL"):
        parts = urlsplit(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            # One connection a thread, looked at before a request unless it has just answered: a
            # database that was restarted costs no page.
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "connect_timeout": 5,
                "application_name": "diemcau",
                "options": _limits(),
                **dict(parse_qsl(parts.query)),
            },
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "diemcau.sqlite3",
        # Opening the file and saying the two words below takes longer than a page given again.
        "CONN_MAX_AGE": 60,
        # IMMEDIATE takes the write lock when a transaction begins, so that two writers wait for
        # each other instead of failing half-way; measured in docs/decisions/0004.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what a page has confirmed is on the disk, whatever happens to the power.
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;",
        },
    }


def _limits() -> str:
    """Limits of a PostgreSQL session in milliseconds, so that one bad query stops no other.

    No statement is compiled: on 100,000 tasks that took half a second to save a tenth of one.
    """
    statement = int(os.environ.get("DIEMCAU_STATEMENT_SECONDS", "30")) * 1000
    return (
        f"-c statement_timeout={statement} -c lock_timeout={min(statement, 10_000)}"
        f" -c idle_in_transaction_session_timeout={2 * statement} -c jit=off"
    )


SECRET_KEY = _secret_key()
OCR_PAGES = int(os.environ.get("DIEMCAU_OCR_PAGES", "20"))
SITE_URL = read_site(os.environ)
TRUSTED_PROXIES = [p for p in os.environ.get("DIEMCAU_PROXIES", "").split(",") if p]
ALLOWED_HOSTS = os.environ.get("DIEMCAU_HOSTS", "127.0.0.1,localhost").split(",")
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KEEPS_ANSWERS = os.environ.get("DIEMCAU_KEEP_ANSWERS", "1") == "1"
"""Whether counts, the reach of bodies and whole answers are kept until somebody writes
(`audit.kept`, `operation.answers`)."""

INSTALLED_APPS = [
    "diemcau.accounts",
    "diemcau.audit",
    "diemcau.jobs",
    "diemcau.directory",
    "diemcau.documents",
    "diemcau.gate",
    "diemcau.indicators",
    "diemcau.engagements",
    "diemcau.delivery",
    "diemcau.urging",
    "diemcau.review",
    "diemcau.exchange",
    "diemcau.signin",
    "diemcau.web",
    "diemcau.api",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "diemcau.web.operation.middleware.Observed",
    "diemcau.web.operation.middleware.JustAnswered",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "diemcau.web.middleware.CameFrom",
    "diemcau.web.middleware.OneHead",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "diemcau.web.middleware.ChosenLanguage",
    "diemcau.web.signed_out.SignedOut",
    "django.middleware.common.CommonMiddleware",
    "diemcau.web.uploads.BodyLimit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "diemcau.web.signin.middleware.SessionInUse",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "diemcau.web.middleware.ContentSecurityPolicy",
    "diemcau.web.middleware.NoNull",
]
ROOT_URLCONF = "diemcau.urls"
WSGI_APPLICATION = "diemcau.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["diemcau.signin.known.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "diemcau.signin.strength.GuessValidator",
        # Ten thousand million guesses: beyond reach where tries are limited, and days of work on
        # a stolen table, for argon2 makes each guess slow.
        "OPTIONS": {"guesses_log10": 10.0, "min_length": 12},
    },
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("DIEMCAU_STATIC", HOME / "static"))
_STATIC_FILES = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STATIC_FILES},
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = HOME / "files"

CLAMD = os.environ.get("DIEMCAU_CLAMD", "")
SCANNER_DOWN = os.environ.get("DIEMCAU_SCANNER_DOWN", "refuse")

SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "diemcau.signin.sessions"
SESSION_IDLE_MINUTES = read_minutes(os.environ, "DIEMCAU_IDLE_MINUTES", 60)
SESSION_COOKIE_AGE = 60 * read_minutes(os.environ, "DIEMCAU_SESSION_MINUTES", 720)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
OIDC_PROVIDERS = read_providers(os.environ)
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "diemcau.web.signed_out.csrf_failed"
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "diemcau.web.uploads.OverLimit",
    "diemcau.web.uploads.InMemory",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

_MAIL = read_mail(os.environ)
EMAIL_HOST = _MAIL.host
EMAIL_PORT = _MAIL.port
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_USE_SSL = _MAIL.is_tls_from_start
EMAIL_USE_TLS = _MAIL.is_tls_later
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _MAIL.sender

LOG_FORM = os.environ.get("DIEMCAU_LOG", "json" if PRODUCTION else "text")
METRICS_TOKEN = os.environ.get("DIEMCAU_METRICS_TOKEN", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "diemcau.operation.logs.JsonLines"},
        "text": {"()": "diemcau.operation.logs.PlainLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORM}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "diemcau.request": {"level": "INFO" if PRODUCTION or LOG_FORM == "json" else "ERROR"},
        # Django hangs handlers of its own on these; what they say goes the same way as the rest.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}

if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 30 * 24 * 3600
