"""What the documents say can be done can be done, and what they show is what happens."""

from __future__ import annotations

import importlib.util
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from onrecord.cli import commands

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*.md")])


def command_lines(text: str) -> Iterator[str]:
    """Find the commands in shell blocks, in code within lines, and in the comments that say what is shown."""
    for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
        yield from (line for line in block.splitlines() if line)
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    yield from (code for code in re.findall(r"`([^`\n]+)`", text) if re.match(r"(make|onrecord) [a-z]", code))
    yield from re.findall(r"<!-- (?:shows|measured|last line): (.+?) -->", text)


CASES = [(path.name, line) for path in DOCUMENTS for line in command_lines(path.read_text("utf-8"))]


@pytest.mark.parametrize(("document", "line"), CASES)
def test_every_command_in_the_documents_exists(document: str, line: str) -> None:
    words = shlex.split(line, comments=True)
    if words[0] == "make":
        targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        assert {word for word in words[1:] if "=" not in word} <= set(targets), document
    elif words[0] == "onrecord":
        command, said = commands.commands[words[1]], words[2:]
        if isinstance(command, click.Group):
            command, said = command.commands[said[0]], said[1:]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in said if word.startswith("--")} <= known, document
    else:
        assert words[0] in ("python", ".venv/bin/python", "git", "cd", "pip"), document


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split())
    described = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert named == described


def test_the_readme_says_what_the_exit_codes_are() -> None:
    from onrecord.cli import EXIT_CODES

    assert {"0", "1", "2", "3", "130", "141"} == set(re.findall(r"^  (\d+)", EXIT_CODES, re.MULTILINE))


def test_what_the_readme_shows_is_what_happens(weights: Path) -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert refresh().refreshed(text, ("shows",)) == text, "run: make readme"


def test_only_the_commands_of_a_kind_are_run_again() -> None:
    text = "<!-- shows: echo 1 -->\nold\n<!-- end -->\n<!-- measured: false -->\nkept\n<!-- end -->\n"
    assert refresh().refreshed(text, ("shows",)) == text.replace("old", "```text\n1\n```")


def test_what_the_readme_takes_is_what_was_measured() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert refresh().refreshed(text, ("taken",)) == text, "run: python docs/refresh.py --taken README.md"


def test_a_part_is_taken_from_a_file_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = refresh()
    monkeypatch.setattr(module, "ROOT", tmp_path)
    block = "<!-- taken: kept.md speed -->\nold\n<!-- end -->\n"
    assert module.refreshed(block) == block
    (tmp_path / "kept.md").write_text("<!-- part: speed -->\nnew, *fast*\n<!-- end part -->\n")
    assert module.refreshed(block) == block.replace("old", "new, *fast*")
    (tmp_path / "kept.md").write_text("nothing")
    with pytest.raises(SystemExit, match="no part speed"):
        module.refreshed(block)


def refresh() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
