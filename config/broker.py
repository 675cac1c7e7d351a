"""How tasks travel: Redis where `REDIS_URL` says so, else folders on this machine."""

from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["folders"] = "config.folders:Transport"


def settings(redis_url: str, folder: Path) -> dict[str, Any]:
    """Celery's settings. The errand book makes a lost message harmless, so the broker may be simple (ADR 0007)."""
    common: dict[str, Any] = {
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": True,
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_TASK_SERIALIZER": "json",
        "CELERY_ACCEPT_CONTENT": ["json"],
        "CELERY_TASK_TIME_LIMIT": 3300,
        "CELERY_TASK_SOFT_TIME_LIMIT": 3000,
        "CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT": 10,
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_TASK_PUBLISH_RETRY": False,
        "CELERY_TIMEZONE": "Europe/Amsterdam",
    }
    if redis_url:
        return common | {
            "CELERY_BROKER_URL": redis_url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {
                # Longer than any time limit: a message still being worked on is not handed to a second worker.
                "visibility_timeout": 3600,
                "unacked_restore_interval": 10,
                "socket_timeout": 5,
                "socket_connect_timeout": 2,
                # Whoever sends tries once: kombu would wait six seconds for a broker that is gone, inside a request.
                "max_retries": 0,
            },
        }
    for name in ("queue", "processed", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return common | {
        "CELERY_BROKER_URL": "folders://localhost",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "processed_folder": str(folder / "processed"),
            "control_folder": str(folder / "control"),
            "store_processed": False,
            "polling_interval": 0.2,
        },
    }
