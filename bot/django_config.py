"""Django's settings module, built from `bot.settings`."""

from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.csp import CSP

from bot.settings import settings

_settings = settings()


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
        "CONN_HEALTH_CHECKS": True,  # of what the pool gives: a database that restarted left dead ones in it
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 20, "timeout": 10}},
    }


DATABASES = {"default": database(_settings.database_url or "postgresql:///cybercare")}
SECRET_KEY = _settings.secret_key.get_secret_value() or "unset-until-cybercare-run-generates-one"
DEBUG = False
ALLOWED_HOSTS = _settings.public_hosts
ROOT_URLCONF = "bot.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "procrastinate.contrib.django",
    "bot.events",
    "bot.members",
    "bot.conversations",
    "bot.claims",
    "bot.channels.web",
    "bot.channels.telegram",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "bot.channels.web.problems.problems_as_json",  # the last one, see there
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
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
LOGGING_CONFIG = None  # bot.logs does it
