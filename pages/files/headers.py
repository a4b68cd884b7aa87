"""Headers of published files: media type, name, caching."""

from collections.abc import Iterator
from datetime import UTC, datetime

from werkzeug.http import http_date

from data.manifests import MANIFEST_FILE, Manifest, PublishedFile
from data.models import Edition

# Files are for anybody's program, on any page.
SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Range, ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # A file that a browser shows runs nothing and stands in nobody's frame.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_FOREVER = "public, max-age=31536000, immutable"
_FIVE_MINUTES = "public, max-age=300"
TABLE_TYPE = "text/csv; charset=utf-8; header=present"
# Tables, workbooks and archives are saved; what describes them is read in the browser.
_ATTACHED = ("csv", "ru-excel.csv", "xlsx", "parquet", "zip")
# The same cells for good, but their bytes follow the version of the library that writes them.
REPACKED = ("xlsx", "parquet", "zip")


def content_type(file: PublishedFile) -> str:
    """Return the media type with its parameters; every table begins with its header."""
    if file.media_type == "text/csv":
        return TABLE_TYPE
    if file.media_type.startswith("text/"):
        return f"{file.media_type}; charset=utf-8"
    return file.media_type


def names_edition(file: PublishedFile) -> bool:
    """Return whether the URL names an edition, so that its cells and words never change."""
    return file.path.startswith(f"data/{file.edition}/")


def headers_of(
    file: PublishedFile, city: str, modified: datetime, packed: bool
) -> Iterator[tuple[str, str]]:
    """Yield the headers of every variant of a file; ``packed`` where there are several."""
    attached = file.form in _ATTACHED or bool(file.table or file.slug)
    disposition = "attachment" if attached else "inline"
    # A name that can be told from files of elsewhere.
    name = f"{city}-u4ssc-{file.edition}-{file.name}"
    yield "Content-Type", content_type(file)
    yield "Content-Disposition", f'{disposition}; filename="{name}"'
    frozen = names_edition(file) and file.form not in REPACKED
    yield "Cache-Control", _FOREVER if frozen else _FIVE_MINUTES
    yield "Last-Modified", http_date(modified)
    yield "Accept-Ranges", "bytes"
    yield from SHARED.items()
    if packed:
        yield "Vary", "Accept-Encoding"


def modified_at(file: PublishedFile, edition: Edition, manifest: Manifest) -> datetime:
    """Return the date of the edition, or that of the build where the edition in force decides."""
    if names_edition(file):
        return datetime.fromisoformat(edition.date).replace(tzinfo=UTC)
    public = manifest.place(file.path).parents[file.path.count("/")]
    built = (public.parent / MANIFEST_FILE).stat().st_mtime
    return datetime.fromtimestamp(int(built), UTC)
