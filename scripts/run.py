"""`make run`: prepares the demo municipality and runs web, worker and beat until it is told to stop."""

import contextlib
import hashlib
import os
import shlex
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import environ
import honcho.manager
import yaml
from honcho.printer import Printer

ROOT = Path(__file__).resolve().parent.parent
STARTED = time.monotonic()
SECONDS_TO_ANSWER = 300
SECONDS_TO_STOP = 12


def main() -> int:
    """Prepare, then run."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    signal.signal(signal.SIGTERM, stop)
    surroundings()
    port = int(os.environ["PORT"])
    if taken(port):
        print(f"Port {port} is in use. Choose another: make run PORT={port + 1}", file=sys.stderr)
        return 1
    try:
        prepare()
    except KeyboardInterrupt:
        return 130
    return serve(port)


def stop(signum: int, frame: object) -> None:
    """Asked to stop while preparing."""
    raise KeyboardInterrupt


def surroundings() -> None:
    """What `.env` and the shell do not say: a demo municipality on this machine only."""
    environ.Env.read_env(ROOT / ".env", overwrite=False)
    defaults = {
        "DEMO": "1",
        "PORT": "8000",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONUNBUFFERED": "1",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("BASE_URL", f"http://localhost:{os.environ['PORT']}")
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def taken(port: int) -> bool:
    """Whether something answers there already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def say(sentence: str) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"  {time.monotonic() - STARTED:5.1f} s  {sentence}", flush=True)


def prepare() -> None:
    """Translations, database, static files, reference data, and in demo mode the municipality itself."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    from config.translations import compile_stale

    print("Handelingsruimte: preparing", flush=True)
    compile_stale(ROOT / "locale")
    django.setup()
    say("database: " + settings.DATABASES["default"]["ENGINE"].rpartition(".")[2])
    call_command("migrate", verbosity=0)
    collect(settings)
    say("reference data")
    call_command("load_reference", verbosity=0)
    if settings.DEMO:
        say("demo municipality (the first time this takes a minute)")
        call_command("load_demo", verbosity=1)


def collect(settings: object) -> None:
    """Gather and compress the static files, unless they are as they were."""
    from django.core.management import call_command

    files = sorted(path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*") if path.is_file())
    seen = hashlib.sha256()
    for path in files:
        facts = path.stat()
        seen.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return
    say("static files")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(seen.hexdigest())


class GentleSignals:
    """Asks the first process of each only, so that it can stop its own children in order; kills all of them."""

    def terminate(self, pid: int) -> None:
        """Ask to stop."""
        self._send(os.kill, pid, signal.SIGTERM)

    def kill(self, pid: int) -> None:
        """Stop at once, children included."""
        self._send(os.killpg, pid, signal.SIGKILL)

    def _send(self, how: Callable[[int, int], None], pid: int, what: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            how(pid, what)


def serve(port: int) -> int:
    """Web, worker and beat under one process manager; stops all when one stops or when told to."""
    honcho.manager.KILL_WAIT = SECONDS_TO_STOP
    manager = honcho.manager.Manager(Printer(sys.stdout))
    manager._procmgr = GentleSignals()
    tied = f"exec {shlex.quote(sys.executable)} {shlex.quote(str(ROOT / 'scripts' / 'tied.py'))}"
    for name, command in yaml.safe_load((ROOT / "Procfile").read_text()).items():
        manager.add_process(name, f"{tied} {shlex.quote(command)}", env=dict(os.environ))
    threading.Thread(target=announce, args=(port,), daemon=True).start()
    manager.loop()
    # Stopped on request is no failure.
    return 0 if manager.returncode in (130, 143) else manager.returncode or 0


def announce(port: int) -> None:
    """Say where it is, once it answers."""
    from django.conf import settings

    while time.monotonic() - STARTED < SECONDS_TO_ANSWER:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()  # noqa: S310
            break
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    lines = [f"Handelingsruimte answers at http://localhost:{port}/   (Ctrl-C stops everything)"]
    if settings.DEMO:
        lines += ["", "Demo accounts, password “demo”:", *accounts()]
    print("\n" + "\n".join(lines) + "\n", flush=True)


def accounts() -> list[str]:
    """The named people of the demo municipality, and what they do."""
    people = {
        "caseworker": "caseworker of team Inkomen",
        "colleague": "caseworker of the same team",
        "stranger": "caseworker of team Jeugd",
        "manager": "leads team Inkomen",
        "othermanager": "leads team Jeugd",
        "policy": "policy officer",
        "reporter": "writes the account to board and council",
        "privacy": "privacy officer",
        "controller": "internal control",
        "admin": "functional administrator",
    }
    return [f"  {name + '@demo.test':26}{what}" for name, what in people.items()]


if __name__ == "__main__":
    sys.exit(main())
