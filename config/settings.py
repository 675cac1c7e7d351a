"""All settings, read from the environment, safe by default."""

from datetime import timedelta
from pathlib import Path

import environ
import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from . import broker, databases
from .clock import DAILY_ERRANDS, REPEATING_ERRANDS  # noqa: F401 (settings like the others)

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = "0.1"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env", overwrite=False)

# Demo mode: a fictional municipality on this machine only. It relaxes what `config.checks` refuses in production.
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
STRICT_COMPONENTS = DEBUG  # else a faulty attribute of a small component is left out
SECRET_KEY = env.str("SECRET_KEY", default="")
if DEMO and not SECRET_KEY:
    SECRET_KEY = "demo-only-" + "x" * 50
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEMO or DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="Gemeente Voorbeeld")
BASE_URL = env.str("BASE_URL", default="http://localhost:8000")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="mailto:security@example.nl")
# A file of design tokens, `--token: value` on each line (docs/how-to/house-style.md)
HOUSE_STYLE = env.str("HOUSE_STYLE", default="")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "organisation",
    "cases",
    "deviations",
    "learning",
    "accountability",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "guardian",
    "simple_history",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "organisation.middleware.SecurityHeaders",
    # After the headers, so that static files carry them too.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accountability.middleware.DestructionsFirst",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.middleware.SessionLimits",
    "organisation.middleware.Language",
    "organisation.middleware.SignInFirst",
    "organisation.middleware.KeptText",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "organisation.middleware.QuietLog",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Written out: each of these two apps would set the loaders for itself, over the other's.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "organisation.templatetags.components",  # after cotton: it draws some of cotton's components itself
            ],
            "libraries": {"i18n": "organisation.templatetags.translating"},  # in the place of Django's
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "organisation.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
COTTON_DIR = "cotton"

DATABASES = {"default": databases.from_environment(env, BASE_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOW_SQLITE = env.bool("ALLOW_SQLITE", default=False)

# People
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "organisation.adapters.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {"reset_password": "organisation.account_forms.AskLinkForm"}
# allauth counts attempts in the cache, which differs per process; axes counts them in the database.
ACCOUNT_RATE_LIMITS = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "organisation.adapters.address_typed"
AXES_CLIENT_IP_CALLABLE = "organisation.adapters.client_address"
AXES_LOCKOUT_CALLABLE = "organisation.adapters.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True  # signing in stands in our own logbook
ANONYMOUS_USER_NAME = None  # guardian: nobody is a user by not logging in
GUARDIAN_RAISE_403 = False
# Its backend stays out: `visible_to` and the tables of rules decide, never a bare `has_perm`.
# templates.W003: our own `i18n` stands in the place of Django's on purpose (TEMPLATES).
SILENCED_SYSTEM_CHECKS = ["guardian.W001", "templates.W003"]
SIMPLE_HISTORY_HISTORY_ID_USE_UUID = True

# Sessions: thirty minutes idle, ten hours at most (promise 6)
SESSION_COOKIE_AGE = 30 * 60  # since it was last saved: once a minute of use (organisation.middleware.SessionLimits)
SESSION_ABSOLUTE_AGE = timedelta(hours=10)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "organisation.views.signing_in.old_token"

# Transport and headers (promise 7)
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))
SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
FORMAT_MODULE_PATH = ["config.formats"]
USE_THOUSAND_SEPARATOR = True

# Files
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"
# Backups, and beside them the list of what was destroyed, which a restored backup follows before it serves.
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "backups")))
DESTRUCTION_LEDGER = Path(env.str("DESTRUCTION_LEDGER", default=str(BACKUP_DIR / "destructions.jsonl")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644},  # made by who builds, read by who runs it
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Mail: a link, never case content
vars().update(env.email("EMAIL_URL", default="consolemail://" if DEMO or DEBUG else "smtp://localhost:25"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="handelingsruimte@example.nl")

# Background work
REDIS_URL = env.str("REDIS_URL", default="")
vars().update(broker.settings(REDIS_URL, VAR_DIR / "broker"))
ERRAND_TICK_SECONDS = env.int("ERRAND_TICK_SECONDS", default=15)
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "organisation.tasks.tick", "schedule": ERRAND_TICK_SECONDS, "options": {"expires": 60}}
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")

# How texts are compared for precedents: by shared "words", or by "sentences" with the optional extra [similarity].
SIMILAR_TEXT = env.str("SIMILAR_TEXT", default="words")

# A municipality's own lists: `<REFERENCE_DIR>/<app>/<file>.yaml` is read instead of ours.
REFERENCE_DIR = env.str("REFERENCE_DIR", default="")
# The seal of the logbook: folder, secret key and public keys of before (docs/how-to/verify-the-logbook.md).
SEAL_DIR = Path(env.str("SEAL_DIR", default=str(VAR_DIR / "seals")))
SEAL_KEY = env.str("SEAL_KEY", default="")
SEAL_TRUSTED = env.list("SEAL_TRUSTED", default=[])
PROCESSING_REGISTER = env.str("PROCESSING_REGISTER", default=f"{BASE_URL}/verwerkingsregister")
# Counts below this are hidden in every figure; never lower than five (promise 11).
SMALL_CELL_K = max(5, env.int("SMALL_CELL_K", default=10))
PUBLIC_ACCOUNTS, PUBLIC_REGISTER = (env.bool(name, default=False) for name in ("PUBLIC_ACCOUNTS", "PUBLIC_REGISTER"))
SIGNAL_THRESHOLD = max(1, env.int("SIGNAL_THRESHOLD", default=5))  # per routine per month; more is a signal

REFERENCE_LOADERS = [
    f"{app}.services.loading_reference.load" for app in ("organisation", "cases", "deviations", "accountability")
]

# Logs: JSON on standard output, ids only (promise 10)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": structlog.stdlib.ProcessorFormatter, "processor": structlog.processors.JSONRenderer()},
    },
    "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.filter_by_level,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
