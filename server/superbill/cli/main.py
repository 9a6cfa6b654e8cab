"""The `superbill` command: its sub-commands, their options, and what becomes of errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from superbill import __version__
from superbill.cli.exits import CLEAN, FAILED, Failure

_EPILOG = """examples:
  superbill check charges.csv                 check one charge file
  superbill check claims/ --fail-on warning   check a folder, fail on warnings too
  superbill check claims/ --report sarif=superbill.sarif
  superbill check charges.csv --fix           make the mechanical fixes, after a diff and a question
  superbill lookup 76380                      what is this code, which modifiers fit
  superbill lookup "ct abdomen contrast"      find a code by words
  superbill explain K520                      why a finding is made, and what to do

exit codes: 0 nothing at or above --fail-on, 1 findings, 2 it could not be done
Nothing is sent anywhere: Superbill works offline on the files you name. Only `catalog update` fetches, from CMS."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="superbill",
        description="Checks procedure codes and modifiers in charge files and note drafts, and explains them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"superbill {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    check = commands.add_parser(
        "check", help="check files and folders", description="Check charge files and note drafts."
    )
    check.add_argument("paths", nargs="+", metavar="PATH", help="files or folders; - reads standard input")
    check.add_argument(
        "--as",
        dest="kind",
        metavar="KIND",
        help="what standard input is: csv, tsv, psv, md, txt, 837, hl7, json, ndjson or yaml",
    )
    check.add_argument(
        "--format",
        choices=("text", "json", "sarif", "junit", "github", "csv"),
        default="text",
        help="how findings are written (default: text)",
    )
    check.add_argument("--output", metavar="FILE", help="write --format to FILE, and text to the screen")
    check.add_argument(
        "--report",
        action="append",
        default=[],
        metavar="FORMAT=FILE",
        help="write a report to FILE besides; may be given several times",
    )
    check.add_argument(
        "--show-identifiers",
        action="store_true",
        help="leave in reports what could name a patient; text on the screen always shows it",
    )
    check.add_argument(
        "--show-suppressed",
        action="store_true",
        help="write into SARIF, marked as suppressed, what comments, `accept` and baselines silence",
    )
    check.add_argument(
        "--fix", action="store_true", help="make the mechanical fixes: shows a diff and asks, at a terminal"
    )
    check.add_argument("--yes", action="store_true", help="with --fix: write without showing a diff or asking")
    check.add_argument("--diff", action="store_true", help="show what --fix would change, and nothing else")
    check.add_argument(
        "--fail-on",
        choices=("error", "warning", "information", "hint", "never"),
        default="error",
        help="the least severity that makes the exit code 1 (default: error)",
    )
    check.add_argument("--payer", metavar="NAME", help="payer profile, such as medicare-b or generic-commercial")
    check.add_argument(
        "--baseline", metavar="FILE", help="findings in this file are accepted; over `baseline` in settings"
    )
    check.add_argument(
        "--write-baseline", metavar="FILE", help="accept all findings there are now: write them to this file"
    )
    check.add_argument("--quiet", action="store_true", help="only the summary")
    check.add_argument(
        "--jobs",
        type=int,
        default=0,
        metavar="N",
        help="processes that share the files; 0, the default: as many as the work is worth",
    )

    lookup = commands.add_parser(
        "lookup",
        help="look up codes, modifiers or words",
        description="Look up codes (76380, 74177-26), modifiers (26) or words.",
    )
    lookup.add_argument(
        "queries", nargs="+", metavar="QUERY", help="a code, a code with modifiers, a modifier, or words in quotes"
    )
    lookup.add_argument("--limit", type=int, default=5, help="answers to a search by words (default: 5)")
    lookup.add_argument(
        "--format", choices=("text", "json"), default="text", help="how answers are written (default: text)"
    )
    lookup.add_argument("--full", action="store_true", help="the whole brief, where there is one")

    explain = commands.add_parser(
        "explain",
        help="explain a rule, or which rules speak of a modifier or a code",
        description="Explain a rule: what, why, example, source. Or list the rules that can speak of a modifier or a code.",
    )
    explain.add_argument(
        "rule",
        nargs="?",
        metavar="RULE",
        help="a rule such as K520 or its name, a modifier (50), a code (76380); all rules when left out",
    )
    explain.add_argument("--modifier", metavar="MODIFIER", help="the rules that name a modifier")
    explain.add_argument("--code", metavar="CODE", help="the rules that can speak of a code")

    rules = commands.add_parser(
        "rules", help="try a workspace's own rules", description="The rules that a workspace brings in superbill.yaml."
    )
    doings = rules.add_subparsers(dest="action", metavar="ACTION", required=True)
    tests = doings.add_parser(
        "test",
        help="try the examples of own rules",
        description="Try the examples of the own rules in the nearest superbill.yaml.",
    )
    tests.add_argument("path", nargs="?", default=".", metavar="PATH", help="a folder or file (default: here)")

    serve = commands.add_parser(
        "serve", help="run the language server", description="Run the language server, over standard input and output."
    )
    serve.add_argument("--tcp", metavar="HOST:PORT", help="listen on a TCP address instead")
    serve.add_argument("--stdio", action="store_true", help="the default; accepted because editors pass it")

    commands.add_parser(
        "demo",
        help="show the server at work",
        description="Start the server as an editor does and show what it answers.",
    )

    catalog = commands.add_parser(
        "catalog", help="what is known", description="The catalog: what is known of codes and modifiers."
    )
    actions = catalog.add_subparsers(dest="action", metavar="ACTION", required=True)
    info = actions.add_parser("info", help="what is loaded", description="What is loaded: tables, editions, rows.")
    info.add_argument("--format", choices=("text", "json"), default="text")
    load = actions.add_parser(
        "import",
        help="read tables that CMS publishes, and briefs of your own",
        description="Import tables as CMS publishes them (zip, csv, txt, xlsx): fee schedule, HCPCS, NCCI pairs, unit "
        "limits, add-on codes; and briefs of codes out of documents of your own (txt, md). What a file is, is told by its "
        "content. Each edition lands whole or not at all.",
    )
    load.add_argument("paths", nargs="+", metavar="FILE", help="files as downloaded, documents, folders of them")
    load.add_argument(
        "--edition", metavar="NAME", help="which edition it is, where the file does not say: 2025q4, 2025d"
    )
    load.add_argument("--from", dest="since", metavar="DAY", help="first day of service that it speaks for")
    load.add_argument("--until", metavar="DAY", help="last day of service that it speaks for")
    load.add_argument("--kind", metavar="KIND", help="which table it is, where the file does not say: ptp-hospital")
    load.add_argument(
        "--i-hold-an-ama-licence",
        dest="licensed",
        action="store_true",
        help="say, once, that you may use the AMA's CPT descriptors; needed for its data files",
    )
    load.add_argument(
        "--partial", action="store_true", help="take a table that is not whole: with too few rows, or that breaks off"
    )
    load.add_argument("--format", choices=("text", "json"), default="text")
    verify = actions.add_parser(
        "verify", help="check imported tables", description="Compare imported tables with what was written."
    )
    verify.add_argument("editions", nargs="*", metavar="EDITION", help="ids of editions; all when left out")
    diff = actions.add_parser(
        "diff",
        help="compare two editions of a table",
        description="What changed from one imported edition to another: codes added, ended, indicators changed.",
    )
    diff.add_argument("old", metavar="EDITION", help="id of the older edition, as `catalog info` shows it")
    diff.add_argument("new", metavar="EDITION", help="id of the newer edition")
    diff.add_argument("--limit", type=int, default=20, help="how many of each are shown; 0 shows all (default: 20)")
    diff.add_argument("--format", choices=("text", "json"), default="text")
    gone = actions.add_parser(
        "remove", help="take out what was imported", description="Take out imported tables, or briefs of your own."
    )
    gone.add_argument(
        "editions", nargs="+", metavar="EDITION",
        help="ids of editions as `catalog info` shows them; a code: your brief of it; briefs: all of yours",
    )  # fmt: skip
    actions.add_parser(
        "lint",
        help="check the catalog's source",
        description="Check the catalog's source, for those who write entries.",
    )
    coverage = actions.add_parser(
        "coverage",
        help="how much of a charge file the catalog describes",
        description="How many lines of charge files have a code with a title, by section.",
    )
    coverage.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    _update_options(actions)
    return parser


def _update_options(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    update = actions.add_parser(
        "update",
        help="fetch the current tables from CMS",
        description="Fetch the current tables from CMS and import them. Shows CMS's terms first and asks. "
        "The only command that uses the network.",
    )
    update.add_argument("kinds", nargs="*", metavar="KIND", help="only these, such as pfs or ptp-hospital")
    update.add_argument("--dry-run", action="store_true", help="only say what would be fetched")
    update.add_argument("--terms", action="store_true", help="only say, as JSON, what is current and under which terms")
    update.add_argument("--accept-terms", action="store_true", help="accept CMS's and the AMA's terms, for scripts")
    update.add_argument("--base-url", metavar="URL", help="a mirror that serves the same paths; also SUPERBILL_CMS_URL")
    update.add_argument(
        "--folder", type=Path, metavar="PATH", help="where to keep the files (default: downloads in SUPERBILL_HOME)"
    )
    update.add_argument("--no-import", action="store_true", help="fetch only")
    update.add_argument(
        "--timeout", type=float, default=30.0, metavar="SECONDS", help="how long to wait for the server (default: 30)"
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "lookup":
            from superbill.cli.lookup import run_lookup

            return run_lookup(options)
        if options.command == "check":
            from superbill.cli.check import run_check

            return run_check(options)
        if options.command == "explain":
            from superbill.cli.explain import run_explain

            return run_explain(options)
        if options.command == "rules":
            from superbill.cli.rules import run_rules_test

            return run_rules_test(options)
        if options.command == "serve":
            return _serve(options)
        if options.command == "demo":
            from superbill.cli.demo import run_demo

            return run_demo()
        if options.action == "coverage":
            from superbill.cli.coverage import run_coverage

            return run_coverage(options)
        if options.action == "update":
            from superbill.cli.update import run_update

            return run_update(options)
        if options.action in ("import", "verify", "diff", "remove"):
            from superbill.cli import importing, national

            run = {
                "import": importing.run_import,
                "verify": national.run_verify,
                "diff": national.run_diff,
                "remove": importing.run_remove,
            }
            return run[options.action](options)
        from superbill.cli.catalog import run_info, run_lint

        return run_lint() if options.action == "lint" else run_info(options)
    except Failure as error:
        print(f"superbill: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        sys.stderr.close()
        return CLEAN
    except KeyboardInterrupt:
        return FAILED
    except Exception as error:
        from superbill.catalog.store import CatalogError

        if isinstance(error, CatalogError):
            print(f"superbill: {error}", file=sys.stderr)
            return FAILED
        raise


def _serve(options: argparse.Namespace) -> int:
    from superbill.lsp import protocol_types

    protocol_types.load()
    from superbill.lsp.server import serve_stdio, serve_tcp

    if options.tcp:
        host, _, port = options.tcp.rpartition(":")
        if not port.isdigit():
            raise Failure("--tcp wants HOST:PORT, such as 127.0.0.1:9257")
        serve_tcp(host or "127.0.0.1", int(port))
    else:
        serve_stdio()
    return CLEAN


def run() -> None:
    """Entry point of the `superbill` script."""
    sys.exit(main())
