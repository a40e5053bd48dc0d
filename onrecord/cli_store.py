"""The commands around a store: filling it, searching it, deciding about it, taking from it."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_FORMATS = (
    "jsonl", "plover", "polecat", "csv", "parquet", "brat", "web-annotation", "label-studio", "conll", "ftm",
    "graphml", "gexf", "quotation", "bibtex",
)  # fmt: skip
_ANNOTATIONS = ("jsonl", "brat", "web-annotation", "label-studio", "conll")

store_option = click.option(
    "--store", metavar="URL", default="onrecord.db", show_default=True, envvar="ONRECORD_STORE",
    help="The store: a file, or postgresql://user@host/database.",
)  # fmt: skip
_form = click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "jsonl"]),
    default="terminal",
    help="How to show it.",
)
_why = click.option("--why", default="", help="The reason, kept with it.")
_who = click.option("--who", default=getpass.getuser, help="Who decides; by default, who is logged in.")


def _together(*options: Callable[[F], F]) -> Callable[[F], F]:
    def add(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return add


_asked = _together(
    click.option("--speaker", metavar="NAME", help="Whose statements."),
    click.option("--actor", metavar="NAME", help="Who acts."),
    click.option("--claimant", metavar="NAME", help="Who says so; 'page' is the page's own voice."),
    click.option("--party", metavar="NAME", help="Who takes any part."),
    click.option("--country", metavar="ISO3", help="A party's country: SYR."),
    click.option("--type", metavar="TYPE", help="An event's or relation's type: ASSAULT, supports."),
    click.option("--quad", metavar="CLASS", help="A quad class: material_conflict."),
    click.option("--attitude", metavar="WORD", help="A statement's attitude: denies."),
    click.option("--status", metavar="WORD", help="An event's status: denied, future."),
    click.option("--outlet", metavar="NAME", help="Whose page."),
    click.option("--since", metavar="DAY", help="From this day on: 2015-09-01."),
    click.option("--until", metavar="DAY", help="Before this day."),
)
_paged = _together(
    click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many."),
    click.option("--after", metavar="CURSOR", help="Go on after the last of the list before."),
)
_reading = _together(
    click.option(
        "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to read in."
    ),
    click.option(
        "--text/--no-text", default=True, help="Keep the pages' words, or offsets and hashes only."
    ),
    click.option("--keep-raw", is_flag=True, help="Keep the pages' bytes too."),
    click.option("--timeout", metavar="SECONDS", type=click.FloatRange(min=0.1), default=60.0,
                 show_default=True, help="How long reading one page may take."),
    click.option("--memory", metavar="MB", type=click.IntRange(min=512), default=2048,
                 show_default=True, help="How much memory one reading process may have."),
)  # fmt: skip


@click.command()
@click.argument("sources", nargs=-1)
@store_option
@_reading
@click.option("--retry", is_flag=True, help="Try pages again that failed; without SOURCES, all of them.")
@click.option(
    "--again", is_flag=True, help="Read pages again that are in the store; what people corrected stays."
)
@click.option(
    "--columns", metavar="FIELD=COLUMN,…", help="What a table's columns are called: text=body,url=link."
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="Processes of this machine, or a Ray cluster.",
)
@click.option(
    "--split-size",
    metavar="MB",
    type=click.IntRange(1, 1024),
    default=32,
    show_default=True,
    help="With --engine ray: how much of an archive a worker reads at a time.",
)
@click.option(
    "--cluster", metavar="ADDRESS", help="With --engine ray: one that runs; else one is started here."
)
@click.option(
    "--output",
    type=click.Path(file_okay=False),
    metavar="FOLDER",
    help="With --engine ray: Parquet there instead of a store; `onrecord load` takes it in.",
)
@click.pass_context
def ingest(
    context: click.Context, /, sources: tuple[str, ...], engine: str, split_size: int, cluster: str | None,
    output: str | None, retry: bool, again: bool, **given: Any,
) -> None:  # fmt: skip
    """Read pages into a store; what is there is passed by.

    SOURCES are files, folders, patterns, addresses, feed:ADDRESS, @LIST, WARC and WET files, JSONL, CSV and
    Parquet tables. The command may be stopped or killed at any moment; the same command goes on. A page that
    fails, hangs (hung), wants too much memory (memory) or kills its process (died) is kept with its reason.
    """
    if engine == "ray":
        from onrecord.cluster_command import cluster_command

        if retry or again:
            raise click.UsageError("--retry and --again are for --engine processes")
        context.exit(cluster_command(sources, output=output, cluster=cluster, split_size=split_size, **given))
    if cluster or output:
        raise click.UsageError("--cluster and --output are for --engine ray")
    from onrecord.ingest_command import ingest_command

    context.exit(ingest_command(sources, retry=retry, again=again, **given))


@click.command()
@click.argument("feeds", nargs=-1, required=True)
@store_option
@click.option(
    "--every", metavar="PERIOD", default="10m", show_default=True, help="How often: 90s, 10m, 2h, 1d."
)
@click.option("--once", is_flag=True, help="Ask each feed once and end.")
@_reading
@click.pass_context
def watch(context: click.Context, /, feeds: tuple[str, ...], **given: Any) -> None:
    """Follow feeds into a store, until Ctrl-C: what is new in them is read."""
    from onrecord.watch_command import watch_command

    context.exit(watch_command(feeds, **given))


@click.command()
@store_option
@click.pass_context
def check(context: click.Context, /, store: str) -> None:
    """Check a store: every record quotes its text, every row agrees with its record."""
    from onrecord.check_command import check_command

    context.exit(check_command(store=store))


@click.command()
@click.argument("words", nargs=-1)
@store_option
@click.option("--what", type=click.Choice(["statements", "articles"]), default="statements",
              show_default=True, help="What to search.")  # fmt: skip
@click.option("--order", type=click.Choice(["rank", "day"]), default="rank", show_default=True,
              help="The best first, or the newest.")  # fmt: skip
@_asked
@_paged
@_form
@click.pass_context
def search(
    context: click.Context, /, words: tuple[str, ...], store: str, what: str, order: str, limit: int,
    after: str | None, form: str, **asked: str | None,
) -> None:  # fmt: skip
    """Find statements or articles: words, "a phrase", -not, one OR another."""
    from onrecord.search_command import search_command

    context.exit(
        search_command(
            words, store=store, what=what, order=order, limit=limit, after=after, form=form, asked=asked
        )
    )


@click.command()
@click.argument("name")
@store_option
@click.option(
    "--limit", type=click.IntRange(1, 100), default=5, show_default=True, help="How many of that name."
)
@_form
@click.pass_context
def who(context: click.Context, /, name: str, store: str, limit: int, form: str) -> None:
    """Tell who somebody is over all pages: what they said and did, and what was done to them."""
    from onrecord.search_command import who_command

    context.exit(who_command(name, store=store, limit=limit, form=form))


def _list(what: str, said: str) -> click.Command:
    @click.command(what, help=said)
    @store_option
    @_asked
    @_paged
    @_form
    @click.pass_context
    def listed(
        context: click.Context, /, store: str, limit: int, after: str | None, form: str, **asked: str | None
    ) -> None:
        from onrecord.lists_command import lists_command

        context.exit(lists_command(what, store=store, limit=limit, after=after, form=form, asked=asked))

    return listed


@click.command("export")
@store_option
@click.option("--format", "form", required=True, type=click.Choice(_FORMATS),
              help="What to write; docs/formats.md says what is lost in each.")  # fmt: skip
@click.option("--output", type=click.Path(), help="A file; for csv, parquet and brat a new or empty folder.")
@click.option("--spreadsheet", is_flag=True, help="Keep cells from being run as formulas (csv, polecat).")
@click.option("--words", help="Pages with these words.")
@_asked
@click.pass_context
def export(
    context: click.Context,
    /,
    store: str,
    form: str,
    output: str | None,
    spreadsheet: bool,
    **asked: str | None,
) -> None:
    """Write a store's pages in another format, each page whole where anything of it is asked for."""
    from onrecord.export_command import export_command

    context.exit(export_command(store, form=form, output=output, spreadsheet=spreadsheet, asked=asked))


@click.command("import")
@click.argument("path", type=click.Path(exists=True))
@click.option("--format", "form", required=True, type=click.Choice(_ANNOTATIONS), help="Which tool wrote it.")
@click.option("--store", help="The store that holds the texts; Web Annotations need it.")
@click.option("--output", type=click.Path(dir_okay=False), help="A file to write instead of standard output.")
@click.pass_context
def import_(context: click.Context, /, path: str, form: str, store: str | None, output: str | None) -> None:
    """Read annotations back, tied to their texts, as JSON Lines."""
    from onrecord.import_command import import_command

    context.exit(import_command(path, form=form, store=store, output=output))


@click.command()
@store_option
@click.option(
    "--wikidata", is_flag=True, help="Ask Wikidata for what is known by exact name; uses the network."
)
@click.option("--limit", type=click.IntRange(min=1), help="How many actors to ask Wikidata about at most.")
@click.pass_context
def join(context: click.Context, /, store: str, wikidata: bool, limit: int | None) -> None:
    """Find copies of one text, one actor under several names, and one happening in several reports."""
    from onrecord.identity_command import join_command

    context.exit(join_command(store=store, wikidata=wikidata, limit=limit))


@click.command()
@click.argument("name", required=False)
@store_option
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many pairs."
)
@_form
@click.pass_context
def actors(context: click.Context, /, name: str | None, store: str, limit: int, form: str) -> None:
    """Show who bears a name, why they are one, and who might be the same."""
    from onrecord.identity_command import actors_command

    context.exit(actors_command(name, store=store, form=form, limit=limit))


def _decision(action: str, said: str) -> click.Command:
    @click.command(action, help=said)
    @click.argument("one")
    @click.argument("other")
    @store_option
    @click.option("--why", required=True, help="The reason, kept with the decision.")
    @_who
    @click.pass_context
    def decided(context: click.Context, /, one: str, other: str, store: str, why: str, who: str) -> None:
        from onrecord.identity_command import decide_command

        context.exit(decide_command(action, one, other, store=store, why=why, who=who))

    return decided


@click.command()
@store_option
@click.option("--undo", metavar="ID", help="Take a decision back; that is a decision too.")
@_why
@_who
@_form
@click.pass_context
def decisions(context: click.Context, /, store: str, undo: str | None, why: str, who: str, form: str) -> None:
    """List what was decided of identities, or take a decision back."""
    from onrecord.identity_command import decisions_command, undo_command

    if undo is not None:
        context.exit(undo_command(undo, store=store, why=why, who=who))
    context.exit(decisions_command(store=store, form=form))


@click.command()
@click.argument("page")
@click.argument("entry", required=False)
@store_option
@click.option("--confirm", "action", flag_value="confirm", help="It is right.")
@click.option("--reject", "action", flag_value="reject", help="It is not there.")
@click.option("--amend", "action", flag_value="amend", default="amend", help="Change what --set names.")
@click.option("--merge", "action", flag_value="merge", help="It and the --other are one.")
@click.option("--split", "action", flag_value="split", help="The --other are not part of it.")
@click.option("--add", "action", flag_value="add", help="Put on record what is missing (--what and --set).")
@click.option("--undo", metavar="ID", help="Take a correction back.")
@click.option("--what", help="What is added: statement, event, relation, figure, entity, mention.")
@click.option(
    "--set", "sets", metavar="FIELD=VALUE", multiple=True, help="attitude=denies, speaker=e3, start=10."
)
@click.option(
    "--other", "others", metavar="ID", multiple=True, help="Another entry, for --merge and --split."
)
@_why
@_who
@_form
@click.pass_context
def correct(context: click.Context, /, page: str, entry: str | None, **given: Any) -> None:
    """Say that an entry is right, wrong or different; nothing is lost, anything can be taken back."""
    from onrecord.corrections_command import correct_command

    if given["undo"]:
        given["action"] = "undo"
    context.exit(correct_command(page, entry, **given))


@click.command()
@click.argument("page", required=False)
@store_option
@click.option("--who", help="Only this person's.")
@_form
@click.pass_context
def corrections(context: click.Context, /, page: str | None, store: str, who: str | None, form: str) -> None:
    """List what people corrected, and where they disagree."""
    from onrecord.corrections_command import corrections_command

    context.exit(corrections_command(page, store=store, who=who, form=form))


@click.command()
@store_option
@click.option("--text", is_flag=True, help="With the pages' words.")
@click.pass_context
def gold(context: click.Context, /, store: str, text: bool) -> None:
    """Write what people decided as training data, a JSON line a page."""
    from onrecord.corrections_command import gold_command

    context.exit(gold_command(store=store, text=text))


COMMANDS: tuple[click.Command, ...] = (
    ingest, watch, check, search, who,
    _list("statements", "List statements by the day of their page, the newest first."),
    _list("events", "List events by their own day, the newest first, with who says so."),
    _list("relations", "List how parties stand to each other, and who says so."),
    _list("figures", "List the numbers that pages report, and who reports them."),
    export, import_, join, actors,
    _decision("merge", "Decide that two are one: ids, PAGE:e3, or names that one actor alone bears."),
    _decision("split", "Decide that two are not one."),
    decisions, correct, corrections, gold,
)  # fmt: skip
