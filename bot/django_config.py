"""Django's settings module, built from `bot.settings`."""

import os
from datetime import timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.csp import CSP

from bot.runtime.environment import LEAVE_TELEGRAM_OUT
from bot.runtime.pooling import check_silently
from bot.settings import settings

_settings = settings()


# Checked, because a database that restarted leaves dead connections in it. Each costs the server 4 MB.
POOL = {"min_size": 1, "max_size": 5, "timeout": 10, "max_idle": 60, "check": check_silently}
# What a connection asks for the third time, the server need not read and plan again: 2.5 of 34 ms of a message.
PREPARED = {"server_side_binding": True, "prepare_threshold": 3}


def database(url: str) -> dict[str, object]:
    """Return Django's form of a PostgreSQL URL; `?host=/folder` means a unix socket."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, "pool": POOL, **PREPARED},
    }


def smtp(url: str) -> dict[str, object]:
    """Return how Django reaches a mail server: `smtps` speaks TLS at once, `smtp` after STARTTLS but on loopback."""
    parts = urlsplit(url)
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or (465 if parts.scheme == "smtps" else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp" and parts.hostname not in ("localhost", "127.0.0.1", "::1"),
        "timeout": 10,  # seconds
    }


DATABASES = {"default": database(_settings.database_url or "postgresql:///cybercare")}
SECRET_KEY = _settings.secret_key.get_secret_value() or "unset-until-cybercare-run-generates-one"
DEBUG = False
ALLOWED_HOSTS = _settings.public_hosts
ROOT_URLCONF = "bot.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",  # the arrays of bot/waves/
    "django.contrib.admin.apps.SimpleAdminConfig",  # the site is our own: bot/desk/admin.py
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "procrastinate.contrib.django",
    "bot.events",
    "bot.audit",
    "bot.members",
    "bot.conversations",
    "bot.claims",
    "bot.channels.web",
    *([] if LEAVE_TELEGRAM_OUT in os.environ else ["bot.channels.telegram"]),
    "bot.waves",
    "bot.learning",
    "bot.desk",
    "bot.analytics",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bot.channels.web.problems.problems_as_json",  # the last one, see there
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bot.desk.showing.demo",
            ]
        },
    }
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

LANGUAGE_CODE = "fr-be"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True
STATIC_URL = "/static/"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
_https = _settings.mode == "production"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024  # bytes; 40,000 escaped characters; files go by their own way
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # counters of limits
    }
}

# The desk's accounts (bot/desk/): only its own pages get the session's cookie.
AUTH_USER_MODEL = "desk.Adviser"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 2 * 24 * 3600  # seconds that a link to choose a password is good for
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "desk:login"
SESSION_COOKIE_NAME = "cybercare_desk"
SESSION_COOKIE_PATH = "/desk/"
SESSION_COOKIE_AGE = int(_settings.desk_session_hours * 3600)
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AXES_FAILURE_LIMIT = 5  # wrong passwords in a row, for one account from one address
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # of either alone, anyone could lock the whole desk out
AXES_USERNAME_FORM_FIELD = "username"  # of bot/desk/forms.py, whatever the account's own field is called
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]  # its middleware would answer in place of the sign-in page, which says more
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is in our own audit
OTP_TOTP_ISSUER = "Cyber Care"
MAILERS = {"default": {"OPTIONS": smtp(_settings.smtp_url.get_secret_value())}}
LOGGING_CONFIG = None  # bot.logs does it
