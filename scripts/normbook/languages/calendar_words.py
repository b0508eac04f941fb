"""Months and days of the week in the languages in which the texts come."""

from __future__ import annotations

ENGLISH = "january february march april may june july august september october november december".split()
MONTHS: dict[str, int] = {name[:3]: n for n, name in enumerate(ENGLISH, 1)}
OTHER_MONTHS: dict[str, int] = {
    name: n
    for names in (
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "januar februar märz april mai juni juli august september oktober november dezember",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "januari februari mars april maj juni juli augusti september oktober november december",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    )
    for n, name in enumerate(names.split(), 1)
}
SPANISH_SHORT = dict(zip("ene feb mar abr may jun jul ago sep oct nov dic".split(), range(1, 13), strict=True))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAY_WORDS: dict[str, int] = {
    name: n
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miércoles jueves viernes sábado domingo",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "måndagen tisdagen onsdagen torsdagen fredagen lördagen söndagen",
        "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        "poniedziałek wtorek środę czwartek piątek sobotę niedzielę",
        "måndags tisdags onsdags torsdags fredags lördags söndags",
        "понедельник вторник среду четверг пятницу субботу воскресенье",
        "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "周一 周二 周三 周四 周五 周六 周日",
        "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
    )
    for n, name in enumerate(names.split())
}
MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
OTHER_MONTH = (
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|(?:janv|févr|avr|juil|déc|ene|abr|ago|dic|Dez|Okt|Mär|Mrz)\b\.?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|januari|februari|mars|maj|juni|juli|augusti|oktober|december|maart|mei|augustus|marts|desember|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
)
ANY_MONTH = rf"(?:{MONTH}|{OTHER_MONTH})"
WEEKDAY = (
    r"(?:(?-i:Mo|Di|Mi|Do|Fr|Sa|So)\b|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b[,.]?"
)
DATE = rf"(?:{WEEKDAY} )?(?:le )?(?:{ANY_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:er|st|nd|rd|th|\.|-го)? (?:de |of )?{ANY_MONTH},? (?:de |del )?(?:\d{{4}}|[’']\d\d\b)(?: (?:года|г\.))?|\d{{1,2}}-{ANY_MONTH}-\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}|\d{{4}} ?年 ?\d{{1,2}} ?月 ?\d{{1,2}} ?[日号]|\d{{4}},? {ANY_MONTH} \d{{1,2}}(?!\d)|[〇零○一二三四五六七八九]{{4}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日)"
