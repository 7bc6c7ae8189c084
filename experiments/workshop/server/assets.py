"""The scripts that a page of Solara loads: which of them are on this computer, and the page that stands in where some are not."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

CHARTS = "echarts@5.4.0/dist/echarts.min.js"
PAGE = """<!doctype html>
<html lang="en" data-root="{root}" data-languages="{languages}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>ecopark</title>
<link rel="icon" href="{root}/faces/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="{root}/faces/face.css">
<script type="module" src="{root}/faces/offline.js"></script></head>
<body class="ecf-page"><div id="offline" class="ecf" data-asset="{asset}" data-missing="{count}"><main class="ecf-card"><h1>ecopark</h1>
<p>This page needs scripts from the internet. Without it: pip install "ecopark[offline]"</p></main></div></body>
</html>"""


@lru_cache(maxsize=1)
def needed_assets() -> tuple[str, ...]:
    """Return what a page loads, as Solara's own template names it, and what the charts load."""
    import solara.server
    from solara.server import settings

    template = (Path(solara.server.__file__).parent / "templates" / "solara.html.j2").read_text(encoding="utf-8")
    named = re.findall(r'"\{\{cdn\}\}([^"]+)"', template)
    filled = [
        one.replace("{{ipywidget_major_version}}", "8").replace(
            "{{assets.fontawesome_path}}", str(settings.assets.fontawesome_path)
        )
        for one in named
    ]
    used = [one for one in filled if "vuetify3" not in one and not re.search(r"app\d\.js$", one)]
    return tuple(dict.fromkeys([*(one.lstrip("/") for one in used), CHARTS]))


def missing_assets() -> list[str]:
    """Return the scripts and styles that would have to come from the internet."""
    from solara.server import settings

    folder = Path(settings.assets.proxy_cache_dir)  # the one place where they are looked for
    return [one for one in needed_assets() if not (folder / one).is_file()]


def stand_in(root: str, languages: list[str], missing: list[str]) -> str:
    """Return the page that says what is missing; it opens the application by itself where the internet is there."""
    values = {"root": root, "languages": " ".join(languages), "asset": missing[0], "count": str(len(missing))}
    return re.sub(r"\{(root|languages|asset|count)\}", lambda place: values[place.group(1)], PAGE)
