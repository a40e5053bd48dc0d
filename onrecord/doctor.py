"""Whether everything that reading needs is in order: versions, weights, and the runtime that loads them."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module, metadata

from onrecord._version import __version__
from onrecord.errors import ModelError

_OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, what was found, and what to do where it is not fine."""

    name: str
    fine: bool
    found: str
    advice: str = ""


def examine() -> tuple[Finding, ...]:
    """Look at everything; nothing is changed or fetched."""
    return (*_versions(), *_libraries(), _weights(), _runtime())


def report(findings: tuple[Finding, ...]) -> str:
    """Give the findings as lines, with advice where it is needed."""
    widest = max(len(finding.name) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{'ok  ' if finding.fine else 'BAD '} {finding.name:{widest}}  {finding.found}")
        if not finding.fine and finding.advice:
            lines.append(f"     {'':{widest}}  {finding.advice}")
    bad = sum(not finding.fine for finding in findings)
    lines.append("everything is in order" if not bad else f"{bad} of {len(findings)} not in order")
    return "\n".join(lines)


def _versions() -> Iterator[Finding]:
    yield Finding("onrecord", True, __version__)
    yield Finding(
        "python",
        sys.version_info >= _OLDEST,
        platform.python_version(),
        "onrecord needs Python 3.11 or newer",
    )


def _libraries() -> Iterator[Finding]:
    """What the package says it needs, each present and importable."""
    try:
        needed = metadata.requires("onrecord") or []
    except metadata.PackageNotFoundError:
        yield Finding("package", False, "not installed", "run `make demo`, or install onrecord with pip")
        return
    for line in needed:
        match = re.match(r"[A-Za-z0-9._-]+", line)
        if match is None or ";" in line:
            continue
        name = match[0]
        try:
            version = metadata.version(name)
            import_module(name.replace("-", "_"))
        except metadata.PackageNotFoundError:
            yield Finding(name, False, "missing", f"pip install {name}")
        except Exception as error:  # whatever a broken library does, it is a finding
            yield Finding(
                name, False, f"cannot be imported ({error})", f"pip install --force-reinstall {name}"
            )
        else:
            yield Finding(name, True, version)


def _weights() -> Finding:
    from onrecord.model.card import load_card, verify

    try:
        verify()
        card = load_card()
    except ModelError as error:
        return Finding("weights", False, "not in order", str(error))
    return Finding(
        "weights", True, f"{card.name}, {len(card.files)} files as on their card, sha256 {card.sha256[:12]}…"
    )


def _runtime() -> Finding:
    try:
        import onnxruntime

        providers = onnxruntime.get_available_providers()
    except Exception as error:  # a runtime that cannot load raises what it likes
        return Finding("onnx provider", False, str(error), "pip install --force-reinstall onnxruntime")
    fine = "CPUExecutionProvider" in providers
    return Finding("onnx provider", fine, ", ".join(providers), "install the plain onnxruntime wheel")
