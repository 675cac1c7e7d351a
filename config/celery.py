"""The Celery application: one beat, which asks the errand book what is due."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("handelingsruimte")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
