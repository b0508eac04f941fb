"""Months and days of the week in the languages in which the texts come."""

from __future__ import annotations

from normbook.languages.language import Numbered

MONTHS = Numbered("months.wide", part="en")  # in English


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_WORDS = Numbered("weekdays.wide", "weekdays.in-dates")  # Monday is 1
