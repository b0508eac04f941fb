#!/bin/sh
# The system's tools that the tests need: Chromium for the browser, a Java runtime for the HTML checker.
# When root on Debian they are installed; else the command that installs them is named. A missing tool fails.
missing=""
for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && browser=yes; done
[ -n "$browser" ] || missing="$missing chromium"
command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing$missing (Debian packages)"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
    echo "these could not be installed:$missing" >&2
    exit 1
fi
echo "the tests need$missing; install with: sudo apt-get install$missing   (or set CHROMIUM to a browser's path)" >&2
exit 1
