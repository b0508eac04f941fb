"""What a static host is told: a Content Security Policy, who may read, how long a copy may be kept, in the forms that hosts read."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
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
    """What is said of the files at some paths, beside what is said of all: `path` is a folder (ends in /) or a file, from the site's root."""

    path: str
    headers: dict[str, str]


# no path is served by two of these: hosts differ in what they do with a header that is said twice
SERVED = (
    *(Served(path, {**FROM_ANYWHERE, "Cache-Control": ASKED_AGAIN}) for path in ("data/", "schema/", "api/", "openapi.json", "feed.xml")),
    Served("releases/", {**FROM_ANYWHERE, "Cache-Control": FOREVER}),
)


def host_files(site_url: str) -> dict[str, str]:
    """The header files of hosts, by their names.

    Netlify and Cloudflare Pages read `_headers`, Apache `.htaccess`; an nginx server includes `nginx-site.conf`, or, to say how long
    copies are kept elsewhere, `nginx-headers.conf` alone.
    """
    base = urlsplit(site_url).path
    return {
        "_headers": "/*\n" + _lines(HEADERS, "  {}: {}\n") + "".join(f"\n/{_wild(each.path)}\n" + _lines(each.headers, "  {}: {}\n") for each in SERVED),
        ".htaccess": _apache(base),
        "nginx-headers.conf": _lines(HEADERS, 'add_header {} "{}" always;\n'),
        "nginx-site.conf": _nginx(base),
        ".nojekyll": "",
    }  # fmt: skip


def _lines(headers: dict[str, str], form: str) -> str:
    return "".join(form.format(name, value) for name, value in headers.items())


def _wild(path: str) -> str:
    return f"{path}*" if path.endswith("/") else path


def _apache(base: str) -> str:
    """Headers that end in a condition hold for its paths alone; FileETag is told to leave out what differs between machines."""
    rows = _lines(HEADERS, '  Header always set {} "{}"\n')
    rows += f'  Header set Cache-Control "{SHORT}"\n'
    for each in SERVED:
        end = "" if each.path.endswith("/") else "$"
        where = f'"expr=%{{REQUEST_URI}} =~ m#^{base}{each.path.replace(".", "[.]")}{end}#"'
        rows += "".join(f'  Header set {name} "{value}" {where}\n' for name, value in each.headers.items())
    return f"<IfModule mod_headers.c>\n{rows}</IfModule>\nFileETag MTime Size\nErrorDocument 404 {base}404.html\n"


def _nginx(base: str) -> str:
    """A location that sets a header inherits none, so each says all."""
    made = []
    for place, headers in (
        ("", {"Cache-Control": SHORT}),
        *((("^~ " if each.path.endswith("/") else "= ") + base + each.path, each.headers) for each in SERVED),
    ):
        rows = _lines({**HEADERS, **headers}, '  add_header {} "{}" always;\n')
        made.append(f"location {place or base} {{\n{rows}}}\n")
    return "".join(made) + f"error_page 404 {base}404.html;\n"


def with_policy(html: str) -> str:
    """A page that carries the policy itself, for hosts that send no header of ours. From a file such a page would load nothing."""
    return html.replace(CHARSET, f"{CHARSET}\n    {META}", 1)
