#!/bin/sh
# The system's tools that the tests need: Chromium for the browser, a Java runtime for the HTML checker.
# When root on Debian they are installed; else the command that installs them is named. A missing tool fails.
# The headless shell of Chromium does the same with a quarter of the work, so it is asked for first; where there is
# a whole Chromium, and no shell or no right to install it, that one does.
has() { command -v "$1" >/dev/null 2>&1; }
root=""
[ "$(id -u)" = 0 ] && has apt-get && root=yes
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=20 --no-install-recommends "$@" >/dev/null; }

browser=""
shell=chromium-headless-shell
for name in $CHROMIUM $shell chromium chromium-browser google-chrome; do has "$name" && browser="$browser $name"; done
missing=""
[ -n "$browser" ] || missing="$shell"
has java || missing="$missing default-jre-headless"
if [ -n "$missing" ] && [ -z "$root" ]; then
    echo "the tests need:" $missing "; install with: sudo apt-get install" $missing "  (or set CHROMIUM to a browser's path)" >&2
    exit 1
fi
if [ -n "$missing" ]; then
    echo "installing (Debian packages):" $missing
    apt-get update -qq >/dev/null && { install $missing || install $(echo "$missing" | sed "s/$shell/chromium/"); } && exit 0
    echo "these could not be installed:" $missing >&2
    exit 1
fi
case "$browser" in
*"$shell"*) ;;
*) [ -n "$root" ] && [ -z "$CHROMIUM" ] && apt-cache show $shell >/dev/null 2>&1 && echo "installing (Debian package): $shell" && install $shell 2>/dev/null ;;
esac
exit 0
