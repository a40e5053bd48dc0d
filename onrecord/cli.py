"""The commands: thin doors to what a user of the library calls. Heavy imports wait inside the commands."""

from __future__ import annotations

import sys

import click

from onrecord import cli_bench, cli_store
from onrecord._version import __version__

EXIT_CODES = """
\b
Exit codes:
  0    every page was read
  1    some page was not; the others were, and standard error says which and why
  2    the command was called in a way that makes no sense
  3    onrecord itself is not in order: run `onrecord doctor`
  130  stopped by Ctrl-C
  141  whoever read the output went away
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="onrecord", message="%(prog)s %(version)s")
def commands() -> None:
    """Put news on record: who said what, when, how many, and who says so, each tied to the exact words."""


@commands.command(epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "jsonl", "html"]),
    help="How to show the records; by --output's ending, or else terminal.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read in."
)
@click.option("--output", type=click.Path(dir_okay=False), help="A file to write instead of standard output.")
@click.option(
    "--published", metavar="DATE", help="When the pages were published (1962-10-25), whatever they say."
)
@click.option(
    "--explain", is_flag=True, help="Say below each record why its entries exist; for the terminal format."
)
@click.pass_context
def read(
    context: click.Context,
    paths: tuple[str, ...],
    form: str | None,
    jobs: int,
    output: str | None,
    published: str | None,
    explain: bool,
) -> None:
    """Read pages and show what they put on record.

    PATHS are files, folders, patterns such as 'news/**/*.html', addresses of web pages, or - for standard
    input. Of a folder, what looks like HTML or plain text is read, packed with gzip or not.

    The output is the same, in the same order, for any number of --jobs. With --format json a single page is
    an object, several are an array; jsonl is a record a line.
    """
    from onrecord.command import read_command

    context.exit(
        read_command(paths, form=form, jobs=jobs, output=output, published=published, explain=explain)
    )


@commands.command()
@click.argument("record")
@click.argument("entry", metavar="ID")
@click.pass_context
def explain(context: click.Context, record: str, entry: str) -> None:
    """Say why an entry of a record exists: its words, scores, rules and chain of claimants.

    RECORD is a record as `onrecord read --format json` writes it, a page to read, or - for either on standard
    input. ID is the entry's in the record: a2 (a statement), v3 (an event), r1 (a relation), f1 (a figure),
    e4 (a party) or m7 (a mention).
    """
    from onrecord.explain_command import explain_command

    context.exit(explain_command(record, entry))


@commands.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from onrecord.codec import json_schema

    click.echo(json.dumps(json_schema(), indent=2))


@commands.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Say whether the weights, the versions and the optional parts are in order."""
    from onrecord.doctor import examine, report

    findings = examine()
    click.echo(report(findings))
    context.exit(0 if all(finding.fine for finding in findings) else 3)


for _command in (*cli_store.COMMANDS, *cli_bench.COMMANDS):
    commands.add_command(_command)


def main() -> None:
    """Run a command and end with its exit code."""
    from onrecord.errors import OnRecordError

    try:
        code = commands.main(prog_name="onrecord", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = 130
    except OnRecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        code = 3
    sys.exit(code)
