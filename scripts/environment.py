"""Makes `.venv` from the hashed lock: `python3 scripts/environment.py base|dev`. Standard library only."""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
NEEDED = (3, 11)


def main(lock: str) -> int:
    """Install what the lock names, unless that was done already."""
    if sys.version_info < NEEDED:
        return stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Set PYTHON=…")
    # What is installed for development includes what is needed to run.
    if any(stamp(name).exists() and stamp(name).read_text() == digest(name) for name in {lock, "dev"}):
        return 0
    if importlib.util.find_spec("pip") is None:
        return stop("pip is needed to install the parts (on Debian: apt install python3-pip).")
    if not works():
        print("Making the environment in .venv", flush=True)
        make_environment()
    if install(lock):
        return stop("The parts could not be installed; see above. Is the package index reachable?")
    stamp(lock).write_text(digest(lock))
    return 0


def stop(sentence: str) -> int:
    """Say why it stops here."""
    print(sentence, file=sys.stderr)
    return 1


def requirements(lock: str) -> Path:
    """The file with every part, its version and its hashes."""
    return ROOT / "requirements" / f"{lock}.txt"


def digest(lock: str) -> str:
    """What a stamp says: this Python, this lock."""
    return hashlib.sha256(requirements(lock).read_bytes() + sys.version.encode()).hexdigest()


def stamp(lock: str) -> Path:
    """Says which lock is installed."""
    return ENVIRONMENT / f"installed-{lock}"


def works() -> bool:
    """Whether the environment is there and of this Python."""
    if not PYTHON.exists():
        return False
    same = [str(PYTHON), "-c", f"import sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"]
    return subprocess.run(same, check=False).returncode == 0  # noqa: S603


def make_environment() -> None:
    """With the venv module, or by hand where it is absent: it is a folder, a link and three lines."""
    made = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(ENVIRONMENT)]
    if subprocess.run(made, check=False, capture_output=True).returncode == 0:  # noqa: S603
        return
    base = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (ENVIRONMENT / "bin").mkdir(parents=True, exist_ok=True)
    (ENVIRONMENT / "lib" / f"python{version}" / "site-packages").mkdir(parents=True, exist_ok=True)
    lines = f"home = {base.parent}\ninclude-system-site-packages = false\nversion = {version}\n"
    (ENVIRONMENT / "pyvenv.cfg").write_text(lines)
    for name in ("python", "python3"):
        link = ENVIRONMENT / "bin" / name
        link.unlink(missing_ok=True)
        link.symlink_to(base)


def install(lock: str) -> int:
    """Install with pip, which checks every hash; shows how far it is."""
    total = sum(" \\" in line and "==" in line for line in requirements(lock).read_text().splitlines())
    print(f"Installing {total} parts from requirements/{lock}.txt", flush=True)
    command = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--require-hashes", "--no-input"]
    # Python compiles what it imports; compiling all that is there takes a third of the time.
    command += ["--no-compile", "--disable-pip-version-check", "--progress-bar", "off", "-r", str(requirements(lock))]
    surroundings = {name: value for name, value in os.environ.items() if name not in ("PIP_USER", "PIP_TARGET")}
    process = subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=surroundings
    )
    count, lines = 0, []
    for line in process.stdout or ():
        lines.append(line)
        if line.startswith(("Collecting", "Requirement already satisfied")):
            count += 1
            if count % 10 == 0 or count == total:
                print(f"  {count} of {total} fetched", flush=True)
        elif line.startswith("Installing"):
            print("  putting them in place", flush=True)
    if process.wait():
        sys.stderr.writelines(lines[-30:])
    return process.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
