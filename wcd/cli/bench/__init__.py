"""Benches: real processes over HTTP on loopback, durable commits on, each figure beside a floor of the same run."""

import importlib

import click
import msgspec

from wcd.cli.bench.results import Result

NAMES = ("badges", "pages", "storm", "scans", "mail", "agenda")


@click.command()
@click.argument("name", type=click.Choice([*NAMES, "all"]), default="all")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def command(name: str, *, as_json: bool) -> None:
    """Measure on this machine."""
    for bench in NAMES if name == "all" else (name,):
        found: list[Result] = importlib.import_module(f"{__name__}.{bench}").measure()
        for result in found:
            click.echo(msgspec.json.encode(result).decode() if as_json else _line(result))


def _line(result: Result) -> str:
    floor = f"floor {result.floor:>10.2f}   ratio {result.ratio:.3f}" if result.ratio is not None else ""
    return f"{result.bench:<8}{result.name:<28}{result.value:>12.3f} {result.unit:<6} {floor}"
