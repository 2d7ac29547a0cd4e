"""Django settings. Values that differ between installations come from config.env."""

import os
from typing import Any

import environ
from csp.constants import NONE, SELF

from config.env import ROOT, read_env

ENV = read_env(os.environ)

SECRET_KEY = ENV.secret_key
DEBUG = ENV.debug
ALLOWED_HOSTS = list(ENV.hosts)
SREDA_DEMO = ENV.demo
SREDA_TODAY = ENV.today
SREDA_DEMO_STARTED_AT = ENV.demo_started_at
SREDA_MEDIA = ENV.media
SREDA_SUPPORT_PHONE = ENV.support_phone
SREDA_REGION = ENV.region_name
SREDA_TRUSTED_PROXIES = ENV.trusted_proxies
SREDA_BUILT_STATIC = ROOT / "build" / "static"
SREDA_STATIC_OPTIONAL = False

CONTEXTS = [
    "sreda.foundation",
    "sreda.ui",
    "sreda.audit",
    "sreda.people",
    "sreda.accounts",
    "sreda.access",
    "sreda.notifications",
    "sreda.files",
    "sreda.imports",
    "sreda.organizations",
    "sreda.roster",
    "sreda.monitoring",
    "sreda.portal",
    "sreda.demo",
]
INSTALLED_APPS = [*CONTEXTS, "django_tasks", "django_tasks_db"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sreda.ui.packing.Packing",
    "sreda.ui.security.SecurityPolicy",
    "sreda.ui.errors.ErrorPages",
    "sreda.access.middleware.Identity",
    "sreda.ui.appearance.Language",
    "sreda.portal.middleware.PageShell",
    "sreda.files.uploads.UploadLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "sreda.access.middleware.ClosedByDefault",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / context.replace(".", "/") / "templates" for context in CONTEXTS],
        "OPTIONS": {"environment": "sreda.ui.jinja.environment"},
    }
]
FORM_RENDERER = "sreda.ui.renderer.FormRenderer"


def _database(url: str) -> dict[str, Any]:
    settings: dict[str, Any] = dict(environ.Env.db_url_config(url))
    if "sqlite" in settings["ENGINE"]:
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
        return settings
    # The pool hides a wrong host behind its timeout, so the timeout is short.
    settings["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 8}}
    settings["CONN_MAX_AGE"] = 0
    return settings


DATABASES = {"default": _database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = ["sreda.accounts.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENV.time_zone

STATIC_URL = "/static/"
STATIC_ROOT = SREDA_BUILT_STATIC
WHITENOISE_ROOT = None
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_ALLOW_ALL_ORIGINS = False
# The build puts ten digits of the content into every name.
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{10}\."

FILE_UPLOAD_HANDLERS = ["sreda.files.uploads.LimitedUploads"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

CSRF_FAILURE_VIEW = "sreda.ui.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = ENV.https
SREDA_COOKIE_SECURE = ENV.https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_SSL_REDIRECT = False  # the proxy in front redirects
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the proxy in front redirects to https
    "security.W021",  # preloading a domain is its owner's decision
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Paths may carry a card's secret, so Django's own lines per refused request are left out.
    "loggers": {
        "django.request": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "CRITICAL"},
    },
}
