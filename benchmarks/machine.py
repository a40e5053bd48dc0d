"""The machine that was measured on, in words: processor, memory, system, versions, and how busy it was."""

from __future__ import annotations

import os
import platform
import re
from importlib import metadata
from pathlib import Path

PACKAGES = ("onrecord", "onnxruntime", "numpy", "tokenizers", "trafilatura", "lxml", "msgspec")
WIDE = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8")  # what int8 runs faster with


def described() -> list[tuple[str, str]]:
    """Give (what, how) for each line of the description."""
    return [
        ("processor", processor(_text("/proc/cpuinfo"))),
        ("hardware threads", str(os.cpu_count())),
        ("memory", memory(_text("/proc/meminfo"))),
        ("system", f"{system()}, {platform.system()} {platform.release()} {platform.machine()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("packages", ", ".join(f"{name} {version(name)}" for name in PACKAGES)),
        ("load when it began", f"{os.getloadavg()[0]:.1f} (idle is 0; each busy thread adds 1)"),
    ]


def processor(cpuinfo: str) -> str:
    """Give the processor's name, and which wide instructions it has; from the text of /proc/cpuinfo."""
    name = re.search(r"^model name\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    flags = re.search(r"^flags\s*:\s*(.+)$", cpuinfo, re.MULTILINE)
    held = set(flags[1].split()) if flags else set()
    wide = [flag for flag in WIDE if flag in held]
    return f"{name[1] if name else platform.processor() or platform.machine()}" + (
        f" ({', '.join(wide)})" if wide else ""
    )


def memory(meminfo: str) -> str:
    """Give the size of the memory, from the text of /proc/meminfo."""
    found = re.search(r"^MemTotal:\s*(\d+) kB", meminfo, re.MULTILINE)
    return f"{int(found[1]) / 2**20:.0f} GiB" if found else "unknown"


def system() -> str:
    """Give the system's own name for itself."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def version(package: str) -> str:
    """Give a package's version, or that it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf8")
    except OSError:
        return ""
