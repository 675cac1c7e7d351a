"""`tied.py COMMAND`: keeps it running, tied to its parent, so that nothing stops by accident and nothing lingers."""

import ctypes
import os
import signal
import subprocess
import sys
import time

PR_SET_PDEATHSIG = 1
SOON = 10  # seconds: what ends sooner than this did not really start
TRIES = 5
LONGEST_WAIT = 30


def tie(parent: int) -> None:
    """Ask to be told to stop when this parent dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died while we were asking
            sys.exit(1)


def keep(command: str) -> int:
    """Run it, and again when it ends by itself; gives up on what does not start."""
    stopping, failures, me = False, 0, os.getpid()
    child: subprocess.Popen[bytes] | None = None

    def stop(signum: int, frame: object) -> None:
        nonlocal stopping
        stopping = True
        if child:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    while True:
        began = time.monotonic()
        child = subprocess.Popen(["/bin/sh", "-c", command], preexec_fn=lambda: tie(me))  # noqa: PLW1509, S603
        if stopping:  # it was asked just now
            child.terminate()
        code = child.wait()
        if stopping:
            return code
        failures = failures + 1 if time.monotonic() - began < SOON else 1
        if failures > TRIES:
            return code or 1
        wait = min(2 ** (failures - 1), LONGEST_WAIT)
        print(f"ended by itself (code {code}); starts again in {wait} s", flush=True)
        time.sleep(wait)
        if stopping:
            return code


if __name__ == "__main__":
    tie(os.getppid())
    sys.exit(keep(" ".join(sys.argv[1:])))
