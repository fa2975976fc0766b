"""All settings, from the environment alone; docs/running/settings.md has a row for each."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from pocketlessons.config import environment
from pocketlessons.lib.http.hosts import is_this_computer

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = environment.folder("POCKET_DATA", ROOT / "var")

# Where we are reached
BASE_URL = environment.text(
    "POCKET_URL", environment.remembered(DATA / "address", "http://127.0.0.1:8000")
).rstrip("/")
HTTPS = BASE_URL.startswith("https://")
HOST = urlsplit(BASE_URL).hostname or ""
DEBUG = environment.flag("POCKET_DEBUG", default=False)
EMBEDDED = environment.flag("POCKET_EMBEDDED", default=is_this_computer(HOST))
ALLOWED_HOSTS = environment.words("POCKET_HOSTS", f"{HOST},127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [BASE_URL] if HTTPS else []
SECRET_KEY = environment.secret("POCKET_SECRET_KEY", DATA / "secret-key")
SECRET_KEY_FALLBACKS = environment.words("POCKET_SECRET_KEY_FALLBACKS")

INSTALLED_APPS = [
    "pocketlessons.pages",
    "pocketlessons.practice",
    "pocketlessons.lessons",
    "pocketlessons.media",
    "pocketlessons.audit",
    "pocketlessons.people",
    "pocketlessons.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_vite",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pocketlessons.ui.middleware.private_by_default",
    "pocketlessons.media.lane.bytes_lane",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "pocketlessons.people.middleware.in_the_persons_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "pocketlessons.config.urls"
WSGI_APPLICATION = "pocketlessons.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pocketlessons.people.context.navigation",
            ],
            "builtins": ["pocketlessons.ui.templatetags.ui"],
        },
    }
]

# Storage
DATABASES = {
    "default": dj_database_url.parse(environment.text("DATABASE_URL") or f"sqlite:///{DATA / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
VAULT = environment.folder("POCKET_VAULT", DATA / "vault")
MASTER_KEY_FILE = Path(environment.text("POCKET_MASTER_KEY_FILE") or DATA / "master-key")
QUOTA_BYTES = environment.number("POCKET_QUOTA_BYTES", 50 * 1024**3)
MAX_UPLOAD_BYTES = environment.number("POCKET_MAX_UPLOAD_BYTES", 20 * 1024**3)
MEDIA_PROCESSES = environment.number("POCKET_MEDIA_PROCESSES", 2, minimum=1)
WEB_THREADS = environment.number("POCKET_WEB_THREADS", 256, minimum=8)
SILENCE_SECONDS = environment.number("POCKET_SILENCE_SECONDS", 60, minimum=1)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Work after the answer
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# People
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SIGN_UP_OPEN = environment.flag("POCKET_SIGN_UP", default=False)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:front"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "pocketlessons.people.adapter.DoorAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]  # optional: the door has a password form because of it
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_USER_DISPLAY = "pocketlessons.people.adapter.display_name"
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}
MFA_ADAPTER = "pocketlessons.people.adapter.SecondStepAdapter"
MFA_TOTP_ISSUER = "Pocket Lessons"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # whoever is in came by mail, or by a link of the operator's
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Mail: into a folder, shown at /outbox/, until a server is named
EMAIL_URL = environment.text("POCKET_MAIL_HOST")
OUTBOX = environment.folder("POCKET_OUTBOX", DATA / "outbox")
if EMAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = EMAIL_URL
    EMAIL_PORT = environment.number("POCKET_MAIL_PORT", 587, minimum=1)
    EMAIL_HOST_USER = environment.text("POCKET_MAIL_USER")
    EMAIL_HOST_PASSWORD = environment.text("POCKET_MAIL_PASSWORD")
    EMAIL_USE_TLS = environment.flag("POCKET_MAIL_TLS", default=True)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "pocketlessons.people.outbox.OutboxBackend"
DEFAULT_FROM_EMAIL = environment.text("POCKET_MAIL_FROM", "Pocket Lessons <pocket@localhost>")
OUTBOX_SHOWN = EMBEDDED and not EMAIL_URL

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [ROOT / "pocketlessons" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("POCKET_TIME_ZONE", "UTC")

# Static files, built by Vite
STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in [ROOT / "frontend" / "dist"] if path.is_dir()]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[A-Za-z0-9_-]{8}\."
DJANGO_VITE = {"default": {"dev_mode": False, "manifest_path": ROOT / "frontend" / "dist" / "manifest.json"}}

# Security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS and environment.flag("POCKET_REDIRECT_TO_HTTPS", default=True)
if environment.flag("POCKET_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # throttles count people, not the proxy
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_ENGINE = "django.contrib.sessions.backends.db"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler"
]  # files come by tus; forms spool nothing
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "pocketlessons.lib.log_lines.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": environment.text("POCKET_LOG_LEVEL", "WARNING")},
}
