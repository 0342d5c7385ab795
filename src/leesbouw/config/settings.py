"""All settings, in one file. What differs per installation comes from the environment."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[3]
TESTING = "pytest" in sys.modules


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


DATA_FOLDER = Path(env("LEESBOUW_DATA", str(ROOT / "data"))).resolve()
if TESTING:  # tests never touch the data folder of a running installation
    DATA_FOLDER = Path(tempfile.mkdtemp(prefix="leesbouw-test-"))
PORT = env("PORT", "8000")
LEESBOUW_URL = env("LEESBOUW_URL", f"http://localhost:{PORT}").rstrip("/")
CONTENT_FOLDER = ROOT / "content" / "nl"
DEMO_FOLDER = ROOT / "content" / "demo"
DEMO_ANYWHERE = env("LEESBOUW_DEMO_ANYWHERE") == "yes"  # demo sign-in is for this machine alone unless asked
DEBUG = env("LEESBOUW_DEBUG") == "yes"


def secret_key() -> str:
    """Made once, kept in the data folder, readable for its owner only."""
    if given := env("LEESBOUW_SECRET_KEY"):
        return given
    if TESTING:
        return "only-for-tests-" + "x" * 50
    path = DATA_FOLDER / "secret.key"
    if not path.exists():
        DATA_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def database() -> dict:
    """SQLite in the data folder, or what DATABASE_URL names: postgresql://user:password@host:port/name."""
    url = env("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_FOLDER / "db.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                " PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;",
            },
        }
    parts = urlsplit(url)
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


SECRET_KEY = secret_key()
DATABASES = {"default": database()}
if TESTING and env("LEESBOUW_TEST_DATABASE") == "file":  # threads need a real file, as in production
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_FOLDER / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "leesbouw.config.urls"
WSGI_APPLICATION = "leesbouw.config.wsgi.application"
SITE_ID = 1

_host = urlsplit(LEESBOUW_URL)
ALLOWED_HOSTS = list({_host.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"})
CSRF_TRUSTED_ORIGINS = [LEESBOUW_URL]
SECURE = _host.scheme == "https"

INSTALLED_APPS = [
    # Ours first, higher rooms before lower: the first with a template or a translation wins
    "leesbouw.cli",
    "leesbouw.exchange",
    "leesbouw.dashboards",
    "leesbouw.network",
    "leesbouw.parents",
    "leesbouw.shelf",
    "leesbouw.activities",
    "leesbouw.lending",
    "leesbouw.agreements",
    "leesbouw.plans",
    "leesbouw.collection",
    "leesbouw.monitor",
    "leesbouw.indicators",
    "leesbouw.people",
    "leesbouw.pupils",
    "leesbouw.accounts",
    "leesbouw.organisations",
    "leesbouw.privacy",
    "leesbouw.ui",
    "leesbouw.rendering",
    "leesbouw.core",
    # What we stand on
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_tables2",
    "django_filters",
    "lucide",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "leesbouw.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leesbouw.core.asked.AskedMiddleware",
    "leesbouw.accounts.middleware.ActorMiddleware",
    "leesbouw.pupils.middleware.ChildMiddleware",
    "leesbouw.ui.middleware.ErrorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "leesbouw.ui.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FORMS_URLFIELD_ASSUME_HTTPS = True
DJANGO_TABLES2_TEMPLATE = "ui/table.html"

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "src" / "leesbouw" / "monitor" / "locale"]  # read last: its words for child care win
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# Static files: hashed names when collected, straight from the folders in tests and debug
STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "cache" / "static"
_static = "django.contrib.staticfiles.storage.StaticFilesStorage"
if not (DEBUG or TESTING):
    _static = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING
WHITENOISE_AUTOREFRESH = DEBUG or TESTING
WHITENOISE_MAX_AGE = 3600

# Sessions, cache, cookies
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # with few, somebody could push the rate limits out
    },
}
SESSION_ENGINE = "leesbouw.core.sessions"
SESSION_COOKIE_NAME = "leesbouw"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "leesbouw.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Uploads: to memory, never to a disk before they were read and cut down
FILE_UPLOAD_HANDLERS = ["leesbouw.exchange.uploads.InMemoryUploadHandler"]
UPLOAD_LIMIT = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Sign-in
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "leesbouw.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account starts with an invitation that was mailed
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to strangers
ACCOUNT_SESSION_COOKIE_AGE = SESSION_COOKIE_AGE
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE else 0
MFA_ADAPTER = "leesbouw.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = "Leesbouw"
MFA_TOTP_TOLERANCE = 1  # a clock that is half a minute off, a code typed at the last second
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the invitation went to the address

# Mail: a server when one is named, else the log
EMAIL_HOST = env("LEESBOUW_MAIL_HOST")
EMAIL_PORT = int(env("LEESBOUW_MAIL_PORT", "587"))
EMAIL_HOST_USER = env("LEESBOUW_MAIL_USER")
EMAIL_HOST_PASSWORD = env("LEESBOUW_MAIL_PASSWORD")
EMAIL_USE_TLS = env("LEESBOUW_MAIL_TLS", "yes") == "yes"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("LEESBOUW_MAIL_FROM", "Leesbouw <leesbouw@localhost>")
if not TESTING:
    EMAIL_BACKEND = "django.core.mail.backends.%s.EmailBackend" % ("smtp" if EMAIL_HOST else "console")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "leesbouw.core.logs.Formatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "leesbouw": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR"},
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # TLS is the reverse proxy's
