"""``advisor agencies import|show``: lists of recruitment agencies, as their office publishes them."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from urllib.parse import urlparse

from bot.cli.failure import Failure
from bot.cli.values import day
from knowledge.agencies import AgencyList, the_one
from knowledge.agency_lists import BrokenList, OlderList, folder, keep, read_csv, readable_list_of
from knowledge.schema import ISO2


def add_commands(commands: argparse._SubParsersAction) -> None:
    agencies = commands.add_parser("agencies", help="import and show lists of licensed agencies").add_subparsers(
        dest="what", required=True, metavar="import|show"
    )
    taken = agencies.add_parser("import", help="take over a list; it replaces the one of that country")
    taken.add_argument("file", type=Path, metavar="FILE", help="CSV: name, licence_number, status, expiry, address")
    taken.add_argument("--country", required=True, metavar="CODE", help="whose office gives the licences, such as NP")
    taken.add_argument("--as-of", required=True, type=day, metavar="YYYY-MM-DD", help="the date of the list")
    taken.add_argument("--source", required=True, metavar="URL", help="where the list was published")
    taken.add_argument("--replace", action="store_true", help="also where the list that is kept is newer")
    taken.set_defaults(run=run_import)
    show = agencies.add_parser("show", help="the lists there are; with a name, who is meant by it")
    show.add_argument("name", nargs="?")
    show.add_argument("--country", metavar="CODE")
    show.set_defaults(run=run_show)


def run_import(options: argparse.Namespace) -> int:
    country = options.country.upper()
    if country not in ISO2:
        raise Failure(f"--country: {options.country!r} is not an ISO 3166 country code", status=2)
    address = urlparse(options.source)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise Failure("--source: must be an address that starts with http:// or https://", status=2)
    if options.as_of > datetime.date.today():
        raise Failure(f"--as-of: {options.as_of} is still to come", status=2)
    try:
        agencies = read_csv(options.file)
        kept = keep(AgencyList(country, options.as_of, options.source, agencies), replace_newer=options.replace)
    except OlderList as older:
        raise Failure(f"{older}; --replace takes this one nevertheless") from None
    except BrokenList as error:
        raise Failure(str(error)) from None
    except OSError as error:
        raise Failure(f"{error.filename}: {error.strerror}") from None
    print(f"{len(agencies)} agencies of {country} as of {options.as_of}, kept in {kept}")
    return 0


def run_show(options: argparse.Namespace) -> int:
    wanted = options.country.upper() if options.country else None
    codes = [wanted] if wanted else sorted(path.stem for path in folder().glob("??.json"))
    try:
        lists = [listed for listed in map(readable_list_of, codes) if listed is not None]
    except BrokenList as error:
        raise Failure(str(error)) from None
    if not lists:
        raise Failure(f"no list of agencies{' of ' + wanted if wanted else ''}; see `advisor agencies import --help`")
    anybody = False
    for listed in lists:
        print(f"{listed.country}: {len(listed.agencies)} agencies as of {listed.as_of}, {listed.source}")
        found = listed.find(options.name) if options.name else []
        anybody = anybody or bool(found)
        for one in found:
            mark = "=" if one == the_one(found) else "~"
            agency = one.agency
            print(f"  {mark} {agency.name}  {agency.licence_number}  {agency.status}  {agency.expiry or ''}")
    if options.name and not anybody:
        raise Failure(f"nobody in there is called anything like {options.name!r}")
    return 0
