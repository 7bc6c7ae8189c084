"""The lines of a workbook -> companies, streams, exchanges and distances of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from .draft import Draft
from .sheet_companies import add_company
from .sheet_exchanges import add_distance, add_exchange, refuse_promised
from .sheet_park import read_settings
from .sheet_streams import add_stream
from .sources import SourceFile
from .workbook import read_sheets


def read(files: Sequence[SourceFile], draft: Draft) -> None:
    """Add a workbook to a draft."""
    sheets = read_sheets(files, draft)
    name = files[0].name
    draft.sources += [{**file.origin(), "register": "workbook", "licence": "of the user"} for file in files]
    money = read_settings(sheets["park"], draft, name)
    for line in sheets["companies"]:
        add_company(line, draft, name)
    companies = dict(draft.companies())
    for line in sheets["streams"]:
        add_stream(line, draft, name, companies, money)
    for line in sheets["exchanges"]:
        add_exchange(line, draft, name, companies, money)
    refuse_promised(draft)
    for line in sheets["distances"]:
        add_distance(line, draft, name, companies)
    if len(sheets["companies"]) < 2:
        draft.wrong("sheet companies", f"{len(sheets['companies'])} companies", "at least two companies")
