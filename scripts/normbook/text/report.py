"""The documented import path of `report`: `from normbook.text.report import report`. The code is in extraction/report.py."""

from normbook.extraction.report import report, revert

__all__ = ["report", "revert"]
