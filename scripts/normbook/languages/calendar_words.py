"""Templates for months, weekdays and dates in all languages."""

from __future__ import annotations

from normbook.languages.language import Numbered

MONTHS = Numbered("months.wide", part="en")  # in English
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_WORDS = Numbered("weekdays.wide", "weekdays.in-dates")  # Monday is 1
MONTH = r"(?:<months.wide:en>|<months.short:en>)\b\.?"
OTHER_MONTH = r"(?:<months.wide>|<months.on-pages>|<months.short>\b\.?)"
ANY_MONTH = rf"(?:{MONTH}|{OTHER_MONTH})"
WEEKDAY = r"(?:(?-i:<weekdays.letters>)\b|<weekdays.wide:spaced>|<weekdays.wide-alone>|<weekdays.short>)\b[,.]?"
YEAR_OR_SHORT = r"(?:\d{4}|[’']\d\d\b)(?: <page.year-ends>)?"
HAN_DATE = r"\d{4} ?<dates.year-marks> ?\d{1,2} ?<dates.month-marks> ?\d{1,2} ?<dates.full-day-marks>"
HAN_YEAR = r"(?:<dates.zeros>|<numbers.cardinals:dense>){4}<dates.year-marks>"
WORDED_HAN_DATE = rf"{HAN_YEAR}<numbers.cardinals:dense>{{1,2}}<dates.month-marks><numbers.cardinals:dense>{{1,3}}<dates.day-marks>"
ERA_DATE = (
    r"<dates.eras> ?(?:\d{1,3}|<dates.first-years>) ?<dates.year-marks> ?\d{1,2} ?<dates.month-marks> ?\d{1,2} ?<dates.full-day-marks>"
)
DATES = (
    rf"{ANY_MONTH} \d{{1,2}}(?:<dates.number-ends:en>)?,? \d{{4}}",
    rf"\d{{1,2}}(?:<dates.number-ends>)? (?:<dates.of> )?{ANY_MONTH},? (?:<dates.before-year> )?{YEAR_OR_SHORT}",
    rf"\d{{1,2}}-{ANY_MONTH}-\d{{4}}",
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}",
    HAN_DATE,
    rf"\d{{4}}(?:,|\.(?= <months.wide:hu>))? {ANY_MONTH} \d{{1,2}}(?!\d)",
    WORDED_HAN_DATE,
    ERA_DATE,
)
DATE = rf"(?:{WEEKDAY} )?(?:<dates.stamp-articles> )?(?:{'|'.join(DATES)})"
