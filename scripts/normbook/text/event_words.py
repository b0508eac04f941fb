"""The words beside a day that tell what it is: of saying and doing, of what lies ahead, of publication, of signature."""

from __future__ import annotations

import re

from normbook.languages.calendar_words import ANY_MONTH, DATE, WEEKDAY
from normbook.text.offices import SAID

DONE = (
    r"agreed|adopted|signed|met|held|opened|launched|began|voted|concluded|ended|closed|issued|released|visited|attended|chaired|convened|published|approved|decided|hosted|delivered|asked|received|called|inaugurated|ratified|endorsed|"
    r"posted|passed|proposed|put forward|started|presented|unveiled|accused|rejected|warned|urged|welcomed|took|gave|spoke|accepted|appointed|elected|ordered|ruled|raised|completed|switched|handed|arrived|promised|discussed|denied|confirmed|joined|introduced|submitted|received|failed|collapsed|broke|resumed|returned|sank|struck|killed|arrested|charged|fined|sentenced|banned|imposed|suspended|extended|backed|praised|condemned|criticised|criticized|defended|dismissed|demanded|insisted|pledged|vowed|offered|revealed|disclosed|reached|postponed|cancelled|canceled|cleared|lifted"
)
ACTS = re.compile(
    rf"(?i)\b(?:{SAID[3:-1]}|{DONE})\b|\b(?:a|ont|est|sont)(?: [a-zà-ÿ]+){{0,2}} (?:[a-zà-ÿ]{{2,}}ée?s?|dit|fait|mise?|prise?|reçue?|tenue?|ouverte?|conclu|remis|promis|rendu|reconnu|soutenu|convenu|élue?|eu lieu)\b|\b(?:a été|s['’]est|déclaré|indiqué|annoncé|adopté|signé|réuni|rencontré)\b|\b(?:ha|han) (?:[a-zà-ÿ]+ )?[a-zà-ÿ]+(?:[ai]do|cho|sto|rto)\b|\b(?:dijo|señaló|afirmó|anunció|firmaron|firmó|aprobó|reunió|celebró|acordaron|declaró|presentó)\b|"
    r"\b(?:sagte|erklärte|teilte|eröffnete|beschloss|unterzeichnete[n]?|traf(?:en)?|kündigte|hat|haben|wurde[n]?|begann)\b|\b(?:заявил\w*|сообщил\w*|прош[её]л\w*|состоял\w*|подписа\w+|принят\w*|утвержд\w+|провёл|провел\w*|принял\w*|открыл\w*)\b|\b(?:firmad[oa]s?|adoptad[oa]s?|acordad[oa]s?|suscrit[oa]s?|firmat[oaie]|adottat[oaie]|annunciat[oaie]|assinad[oa]s?|adotad[oa]s?|aprovad[oa]s?|beslutade|antog|undertecknade|meddelade|öppnade|höll|sade|vedtok|undertegnet|besloot|ondertekende[n]?|zei|disse|anunciou|assinou|assinaram|aprovou|reuniu|ha detto|ha annunciato|hanno firmato|ha firmato)\b|表示|指出|举行|主持|签署|发表|发布|宣布|闭幕|开幕|会见|通过|强调|介绍|回答|答问|答记者问|致辞|会谈|召开|启动|出席|参加|参观|捐赠|举办|拜会|会晤|访问|抵达|转交|通电话|致电|致函|参与|接受|开展|前往|宣读|公布|批准|审议|任命|当选|看望|慰问|接见|赠送|欢迎|邀请|决定|爆发|发生|应约|应询|说"
)
AHEAD = re.compile(
    r"(?i)\b(?:will|shall|is to|are to|due|scheduled|next|until|since|every|deadline|effective|takes? effect|enters? into force|entered into force|expires?|born|dated|as of|starting|in the run-up|ahead of|no later than|wird|werden|sera|auront|entrará|se celebrará|будет)\s(?:[\w’']+\s){0,5}$|\b(?:before|by|from|between)\s(?!(?:[\w’']+\s){0,5}(?:on|le|el|am|в)(?: the)?\s$)(?:[\w’']+\s){0,5}$|(?:将|拟)[^，。]{0,12}$"
)
SPOKEN = re.compile(
    r"(?i)\W*(?:(?:opening |closing |welcome |welcoming |keynote |introductory )?(?:remarks|speech|address|lecture|interview|toast)\b|(?:rede|ansprache|grußwort|discours|allocution|discurso|palabras|intervención|выступление|речь|интервью)\b)|.{2,60}(?:讲话|致辞|演讲|发言)$"
)
CONVERSED = re.compile(
    r"(?i)^\W*(?:transcript|hearing|minutes)\b|\b(?:press conference|press briefing|daily briefing|regular briefing|point de presse|conférence de presse|rueda de prensa|pressekonferenz|пресс-конференци\w+|брифинг\w*)\b|记者会|答记者问"
)
SIGNED = re.compile(
    r"(?i)^(?:[\W_]*)(?:done|adopted|signed|issued|made|given|fait|hecho|geschehen|совершено)\b[^.]{0,120}?$|^(?:done|adopted|signed|(?:issued|given|made|agreed) (?:at|in)|fait|hecho|совершено)\b"
)
PUBLISHED = re.compile(
    r"(?i)publish|posted|release|mise? en ligne|публик|发布|veröffentlicht|опубликован|publié|publicado|\bon \d|online|erstellt"
)
UPDATED = re.compile(r"(?i)updat|modif|atualiz|aggiorn|uppdater|更新|обновл|actualiz|aktualis|mis(?:e)? à jour|stand|changed|reviewed")
# the label of a release: its day is that of publication, not of what it tells
RELEASED = re.compile(
    r"(?i)\W*(?:press[ -]?releases?|media releases?|news releases?|pressemitteilung|presseinformation|pressmeddelande|persbericht|communiqué de presse|comunicado de prensa|nota de prensa|comunicado de imprensa|comunicato stampa|пресс-релиз|新闻稿|新闻公报)(?!\w)"
)
SAID_NEAR = re.compile(rf"\b{SAID}\b")
SENTENCE = re.compile(r"(?<=[a-zà-ÿ0-9)”\"’][.!?]) (?=[A-ZÀ-Þ“\"])|(?<=[。！？])")
# what took place: it need not be said that it was done
TOOK_PLACE = re.compile(
    r"(?i)\b(?:vote|session|ceremony|hearing|signing|sitting|ballot|votación|séance|sesión|Abstimmung|Sitzung)\b(?: \w+){0,2} (?:on|of|le|du|el|del|am|vom) $"
)
MET = re.compile(
    r"(?i)\b(?:session|meeting|hearing|sitting|transcript|minutes|held|press conference|briefing|interview|address|speech|statement|remarks|lecture|conférence|point de presse|entretien|rueda de prensa|séance|réunion|discours|sesión|reunión|discurso|Rede|Sitzung|Pressekonferenz|заседание|брифинг)\b|会议|记者会|讲话"
)
# a place and a day, and nothing else: below a title where and when words were spoken, at the foot where and when a text was signed
PLACE_AND_DAY = re.compile(
    rf"(?i)[\W_]*(?!{WEEKDAY}|(?:paru|erschienen|by|par|von|por|press|news|statement|updated?|published)\b|[^,]*\b(?:daily|news|times|post|agency|ministry|release|gazette|herald|tribune|journal|press|office|department|zeitung|ministère|ministerio)\b)(?P<place>(?-i:[A-ZÀ-ÞА-Я])[\w’'.-]*(?: (?:(?-i:[A-ZÀ-ÞА-Я])[\w’'.-]*|de|la|le|del|da|do|am|an|der)){{0,4}})(?:, (?:le |den |on |the )?| (?:le|den) )(?P<day>{DATE})[\W_]*$"
)
# a place and a day, or these the other way round, before a mark at the head of a paragraph: when it was written, not what it tells
LIKE_DATELINE = re.compile(
    rf"(?i)\s*[\[(]?(?:[^.!?,]{{2,30}}, ){{0,2}}(?:{DATE}|{ANY_MONTH} \d{{1,2}}|\d{{1,2}}\.? {ANY_MONTH})(?:, [^.!?,]{{2,30}}| ?\([^()]{{2,40}}\))?(?:[\])]|:| ?--| ?[–—]| -)(?= )"
)
# a Russian opening: a place, a day and an agency, each with a stop
BETWEEN_STOPS = re.compile(rf"(?P<place>[А-Я][\w-]+)\. (?P<day>\d{{1,2}} {ANY_MONTH})\. (?P<agency>[А-Я]{{3,20}})(?: ?[-–—])(?= )")
# the same in Chinese, where the place may be missing
HAN_OPENER = re.compile(
    r"\s*[（(【]?[\u4e00-\u9fff]{2,12}?(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊)(?:[（(][^（）()]{2,20}[)）])?"
)
# a day between brackets on a line of its own, perhaps with a place: when the words above were said
BRACKETED = re.compile(rf"[（(][^（）()]{{0,12}}{DATE}[^（）()]{{0,16}}[)）]$")
