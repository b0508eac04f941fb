#!/bin/sh
# Package: pypdf 7.1.1, pdfminer.six 20260107 and pypdfium2 5.15.2.
# One would guess: where a PDF says which text a span of glyphs stands for (ActualText), a reader of text gives that text.
# Seen: with "office" set as "o", a span for the three letters "ffi", and "ce", pypdf and pdfminer.six give the glyphs' own code, "o?ce"; pypdfium2 gives
#   "office". The same holds for a year set in Roman figures with ActualText 2020: MMXX, MMXX, 2020.
# Source: observed by running; ISO 32000-2, section 14.9.4 (replacement text).
set -u
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v" && "$folder/v/bin/pip" install -q --no-compile pypdf==7.1.1 pdfminer.six==20260107 pypdfium2==5.15.2 >/dev/null 2>&1 || exit 2
"$folder/v/bin/python" - <<'PY'
import io
import sys
import pypdf
import pypdfium2
from pdfminer.high_level import extract_text

CONTENT = b"BT /F 12 Tf 20 50 Td (The o) Tj /Span << /ActualText (ffi) >> BDC (?) Tj EMC (ce of ) Tj /Span << /ActualText (2020) >> BDC (MMXX) Tj EMC ET"
PARTS = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(CONTENT), CONTENT),
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
]
data, places = b"%PDF-1.7\n", []
for number, part in enumerate(PARTS, 1):
    places.append(len(data))
    data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
rows = b"".join(b"%010d 00000 n \n" % place for place in places)
data += b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (rows, len(data))
found = [pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(), extract_text(io.BytesIO(data)), pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()]
found = [each.strip() for each in found]
print(found)
sys.exit(0 if found == ["The o?ce of MMXX", "The o?ce of MMXX", "The office of 2020"] else 1)
PY
