"""Header files for static hosts: Content Security Policy, cross-origin access, cache lifetimes."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
CSP = "Content-Security-Policy"
HEADERS = {
    CSP: f"{POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
SHORT, ASKED_AGAIN, FOREVER = "public, max-age=300", "public, no-cache", "public, max-age=31536000, immutable"
FROM_ANYWHERE = {"Access-Control-Allow-Origin": "*"}
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
CHARSET = '<meta charset="utf-8">'


class Served(NamedTuple):
    """Headers for some paths, in addition to those for all: `path` is a folder (ending in /) or a file, relative to the site's root."""

    path: str
    headers: dict[str, str]


# no path may match two entries: hosts treat repeated headers differently
SERVED = (
    *(Served(path, {**FROM_ANYWHERE, "Cache-Control": ASKED_AGAIN}) for path in ("data/", "schema/", "api/", "openapi.json", "feed.xml")),
    Served("cards/", {**FROM_ANYWHERE, "Cache-Control": SHORT, CSP: f"{POLICY}; frame-ancestors *"}),
    Served("releases/", {**FROM_ANYWHERE, "Cache-Control": FOREVER}),
)


def host_files(site_url: str) -> dict[str, str]:
    """The header files for hosts, by file name.

    Netlify and Cloudflare Pages read `_headers`, Apache reads `.htaccess`. An nginx server includes `nginx-site.conf` or, if it sets cache
    lifetimes elsewhere, only `nginx-headers.conf`.
    """
    base = urlsplit(site_url).path
    return {
        "_headers": "/*\n" + _lines(HEADERS, "  {}: {}\n") + "".join(f"\n/{_wild(each.path)}\n{_other(each)}" for each in SERVED),
        ".htaccess": _apache(base),
        "nginx-headers.conf": _lines(HEADERS, 'add_header {} "{}" always;\n'),
        "nginx-site.conf": _nginx(base),
        ".nojekyll": "",
    }  # fmt: skip


def _lines(headers: dict[str, str], form: str) -> str:
    return "".join(form.format(name, value) for name, value in headers.items())


def _other(served: Served) -> str:
    """The headers of some paths in `_headers`. A header that all paths have is taken away first ("!"), or it would be sent twice."""
    return "".join(f"  ! {name}\n" for name in served.headers if name in HEADERS) + _lines(served.headers, "  {}: {}\n")


def _wild(path: str) -> str:
    return f"{path}*" if path.endswith("/") else path


def _apache(base: str) -> str:
    """Conditions at the end of a header limit it to some paths. FileETag leaves out the inode, which differs between machines."""
    lines = _lines(HEADERS, '  Header always set {} "{}"\n')
    lines += f'  Header set Cache-Control "{SHORT}"\n'
    for each in SERVED:
        end = "" if each.path.endswith("/") else "$"
        where = f'"expr=%{{REQUEST_URI}} =~ m#^{base}{each.path.replace(".", "[.]")}{end}#"'
        lines += "".join(
            f'  Header {"always " if name in HEADERS else ""}set {name} "{value}" {where}\n' for name, value in each.headers.items()
        )
    return f"<IfModule mod_headers.c>\n{lines}</IfModule>\nFileETag MTime Size\nErrorDocument 404 {base}404.html\n"


def _nginx(base: str) -> str:
    """In nginx a location that sets a header inherits none, so each location repeats all headers."""
    locations = []
    for place, headers in (
        ("", {"Cache-Control": SHORT}),
        *((("^~ " if each.path.endswith("/") else "= ") + base + each.path, each.headers) for each in SERVED),
    ):
        lines = _lines({**HEADERS, **headers}, '  add_header {} "{}" always;\n')
        locations.append(f"location {place or base} {{\n{lines}}}\n")
    return "".join(locations) + f"error_page 404 {base}404.html;\n"


def with_policy(html: str) -> str:
    """A page with the policy in a meta element, for hosts that cannot send our headers. Opened from disk, such a page could load nothing."""
    return html.replace(CHARSET, f"{CHARSET}\n    {META}", 1)
