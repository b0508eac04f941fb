"""What a static host is told: a Content Security Policy, caching and the like, in the forms that hosts read."""

from __future__ import annotations

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
META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
CHARSET = '<meta charset="utf-8">'


def host_files(site_url: str) -> dict[str, str]:
    """The header files of hosts, by their names: Netlify and Cloudflare Pages read `_headers`, Apache reads `.htaccess`; nginx includes the last."""
    plain = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    return {
        "_headers": f"/*\n{plain}\n/data/*\n  Access-Control-Allow-Origin: *\n\n/schema/*\n  Access-Control-Allow-Origin: *\n",
        ".htaccess": "<IfModule mod_headers.c>\n" + "".join(f'  Header always set {name} "{value}"\n' for name, value in HEADERS.items()) + "</IfModule>\n" + f"ErrorDocument 404 {urlsplit(site_url).path}404.html\n",
        "nginx-headers.conf": "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items()),
        ".nojekyll": "",
    }  # fmt: skip


def with_policy(html: str) -> str:
    """A page that carries the policy itself, for hosts that send no header of ours. From a file such a page would load nothing."""
    return html.replace(CHARSET, f"{CHARSET}\n    {META}", 1)
