"""The cues by which a line tells that it is the page's: patterns, and a table from first words to them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Literal

from normbook.languages.calendar_words import ANY_MONTH, DATE, WEEKDAY
from normbook.languages.page_words import SPAM

Furniture = Literal[
    "menu", "breadcrumb", "publication-line", "caption", "read-also", "share", "advertisement", "subscription", "comments", "copyright", "contact", "pagination", "mail-header", "list-footer", "end-mark",
]  # fmt: skip
CLOCK = r"(?:,? ?(?:at|à|a las|um|в|[-–|T]|[(\[])? ?\d{1,2}(?:[:h.]| h )\d{2}(?::\d{2})?[)\]]?(?: ?[ap]\.?m\.?)?(?: ?(?:uhr|h|hrs?|(?-i:[A-Z]{1,4})(?:[+-]\d{1,2})?|МСК))?)"
WHEN = rf"[(\[]?(?:{DATE}{CLOCK}?|{CLOCK},? ?{DATE})[)\]]?"
STAMP = re.compile(
    rf"(?i)\s*[•·-]?\s*(?:(?:(?-i:[A-Z][A-Z &-]{{2,30}}?)|news|press release|statement|speech|article|blog|opinion|commentary|analysis|op-ed|expert comment|explainer|feature|brief|essay|column|editorial|event|podcast|publication|nieuwsbericht|pressmeddelande|nyhet|nieuws|persbericht|meldung|mitteilung|bericht|report|interview|press|release|communiqué|comunicado|noticias|actualité|pressemitteilung|nachrichten|новости)s?\s*[|·/]\s*)?{WHEN}(?P<rest>\s*(?:$|[|/·•,\u3000\t]|  |\d+$|source|editor|view|来源|來源|作者|编辑|責任|责任|【|字|浏览|by\b|hits|updated|min read|(?:GMT|UTC|EST|EDT|CET|CEST|BST|IST)\b).{{0,120}})$"
)
REST_OF_STAMP = re.compile(r"[.!?。！？](?:\s|$)|\b(?:said|the|that|was|were|is|are|have|has)\b")
TIMED = re.compile(rf"(?i){DATE}")
BREADCRUMB = re.compile(
    r"(?i)\s*(?:(?:you are here|está aqui|você está aqui|u bent hier|du är här|du er her|ti trovi in|jesteś tutaj|current position|当前位置|您现在的位置|您的位置|当前栏目|現在位置|您当前的位置|vous êtes ici|está usted en|estás en|sie sind hier|вы здесь)(?:[:： ]|是)\s*\S.{0,170}|"
    r"(?:position|location)\s?[:：]\s*\S.{0,80}[^\s<>»›→]\s*[>»›→].{0,80}|(?:home(?: ?page)?|index|首页|首頁|主页|accueil|page d['’]accueil|inicio|portada|página principal|startseite|start|главная(?: страница)?|início)\s*(?:>+|»|›|→|/(?=\s)|(?<=\s)[-–|](?=\s))\s*\S.{0,170})$"
)
PATH = re.compile(r"\s*(?=\S)(?P<parts>[^<>»›→▸.!?。]{1,60}(?:(?:>{1,2}|»|›|→|▸|->)[^<>»›→▸!?。]{1,81}){1,5})(?:>|»)?\s*$")
SLASHED = re.compile(r"\s*[^\s/][^/.!?]{0,30}(?: / [^/.!?]{2,60}){1,4}$")
PHOTO_CREDIT = re.compile(
    r"(?i)(?:^(?:getty images|file photo|stock photo|handout photo|图片来源[:：].{1,30})$|[(\[（【](?:(?:file |ap )?(?:photo|picture|image|foto|photograph|graphic|illustration)s?(?:\s*[/:：|][^()\[\]]{0,80}| (?:by|from|courtesy|credit|provided|taken|via|source|of|von|de|:)\b[^()\[\]]{0,80})?|"
    r"(?-i:[A-ZÀ-Þ])[\w’'. -]{1,30}/(?-i:[A-ZÀ-Þ])[^()\[\]0-9]{0,60}|图(?:片|源)?\s*(?:来源|[/:：])[^()\[\]（）]{0,60})[)\]）】]\.?|"
    r"(?<=[.!?。”\"]) ?(?:/|©) ?(?-i:[A-ZÀ-Þ])[\w’'/. -]{1,40}|(?<=[.!?] )(?-i:[A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’-]+){0,3} ?/ ?[A-Z][A-Z -]{1,24})|(?<=[.!?。”\"] )(?:photo|image|picture|foto|photograph|photographie)s?(?: credit)?\s?[:：/] ?[^.!?]{2,80}\.?|[\u4e00-\u9fff]{2,8} ?[\u4e00-\u9fff]{1,4} ?摄(?:影)?[。）)]?)\s*$"
)
CREDIT_AT_HEAD = re.compile(
    r"(?i)[(\[]?(?:photo|image|picture|pictured|foto|photograph|photographie|crédit photo|credit|credits|bild|фото|图|资料图|配图|caption|file photo|video)s?(?: credit)?(?:\s?[:：/|©]|\s(?:by|courtesy of|von|par)\b)\s?\S.{0,150}$|Фото \S.{0,80}$|资料图.{0,60}$"
)
LEAD = r"(?:\s?[:：»>|-]|$)"
COOKIES = re.compile(
    r"(?i)\b(?:cookies?)\b.{0,140}\b(?:accept|agree|decline|continu|consent|improve|use|browser|settings|policy|site|website|learn more|utilis|uso|nutzen|verwend|página|seite)|\b(?:use|uses|using|utilise|utilisons|utiliza|utilizamos|verwenden|verwendet|nutzt|использу\w+)\b.{0,60}\b(?:cookies?|файлы cookie)\b|cookie.{0,30}(?:файл|使用)|使用.{0,20}cookie"
)
COPYRIGHT = re.compile(
    r"(?i)(?:^\s*(?:©|\(c\)\s?(?:\d{4}|copyright\b)|copyright\b(?:\s*(?:[A-Z]\w+ (?:19|20)\d\d|©|\(c\)|\d{4}|by|notice))|版权所有|版權所有|著作权|(?:免责声明|版权声明|特别声明)[:：]|声明[:：].{0,10}转载|(?:未经.{0,12}不得|转载请)(?:转载|注明))|©\s?(?:\d{4}|[A-Z])|\ball rights (?:are )?reserved\b|\bsome rights reserved\b|tous droits (?:de reproduction )?réservés|todos los derechos reservados|alle rechte vorbehalten|все права защищены|todos os direitos reservados|tutti i diritti riservati|"
    r"版权所有|[京沪粤津渝浙苏][A-Z]?ICP[备证]|ICP备|公网安备|网安备|许可证|reproduction (?:in whole or in part )?without permission|may not be (?:published, broadcast|reproduced, distributed)|powered by \S+$|^(?:web)?site (?:by|designed)|^designed by)"
)
COPYRIGHT_WORDS = (
    "©",
    "copyright",
    "(c)",
    "rights",
    "droits",
    "derechos",
    "vorbehalten",
    "права",
    "direitos",
    "diritti",
    "版权",
    "声明",
    "转载",
    "版權",
    "著作",
    "备",
    "许可证",
    "permission",
    "reproduced",
    "published, broadcast",
    "powered by",
    "site by",
    "designed",
)
PICTURE_WORDS = ("photo", "image", "pictur", "foto", "фото", "图", "credit", "bild", "caption", "video")
CONTACT = re.compile(
    r"(?i)^\s*(?:(?:tel|phone|telephone|fax|téléphone|tél|télécopie|teléfono|telefon|телефон|тел|факс|电话|传真|switchboard|hotline|postal address|address|adresse|dirección|anschrift|адрес|地址|邮编|邮箱|e-?mail|电子邮件|举报电话|主办单位|主办|承办|技术支持|office hours|opening hours|website|media enquiries|press enquiries|media inquiries|media contact|press contact)s?\s?[.:：]\s?\S.{0,160}|[^.!?]{0,80}\b(?:tel|phone|telephone|fax|tél|telefon)\s?[.:：]\s?[+\d(][\d ()+./-]{5,}.{0,60})$"
)


class Cue:
    """What a whole line must look like; most lines need no more than a few of the patterns, so each is compiled when one first does."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        """Matches a line."""
        return re.compile(self.pattern, re.IGNORECASE).match


def _table(rows: str) -> dict[str, list[tuple[Furniture, Cue]]]:
    """First word -> (what the line is, what the whole line must look like); rows of `kind | first words | pattern of the rest`."""
    table: dict[str, list[tuple[Furniture, Cue]]] = {}
    for row in rows.strip().split("\n"):
        kind, heads, rest = row.split(" | ", 2)
        cue = Cue(rest)
        for head in heads.split():
            table.setdefault(head, []).append((kind, cue))  # type: ignore[arg-type]
    return table


SITES = r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|weibo|wechat|reddit|pinterest|instagram|youtube|e-?mail|social media|messenger|social networks)"
# The pattern is matched against the whole bare line, marks around it (<…>, […], bullets) left out.
CUES = _table(rf"""
publication-line | published issued updated posted publicerad publicerat uppdaterad publisert publiceret gepubliceerd pubblicato publié publicado veröffentlicht опубликовано обновлено actualizado aktualisiert modified released created uploaded erstellt | \w+(?: (?:on|at|le|el|am|il|al|sur|online))*+(?: (?:by|von|par|por) (?:[\w.-]+ ){{1,4}}?(?:on|am|le|el|at|à))?(?: by [\w .-]{{2,40}})?\s?(?:[:：](?: on| at)?\s*(?=.{{0,60}}\d)|(?: on| at|,)?\s*(?=(?:the |den |il y a |hace |vor |{WEEKDAY} ?)?(?:{ANY_MONTH}\s|\d{{1,4}}(?:[-/.年:]\s?\d|(?:st|nd|rd|th|er|º)?[.,]? (?:de |of )?{ANY_MONTH}|-го| ?(?:gmt|[hm]\b|min|hour|hr|day|week|month|year|stund|tag|woche|heure|jour|mois|hora|día|час|дн|минут)))|(?:{WEEKDAY}|today|yesterday|heute|gestern|hoy|ayer|aujourd|hier)\b.{{0,20}}\d)).{{4,130}}$
publication-line | page original issn | page last (?:reviewed|updated|modified)\b.{{0,40}}\d.{{0,20}}$|original (?:article|source|story|link)\s?[:：].{{1,120}}$|issn\s?[:：]?\s?\d{{4}}-?\d{{3}}[\dxX].{{0,20}}$
publication-line | last first date datum fecha release publication time zeit stand pubdate posté mis mise дата время print online version ultima última | (?:(?:last (?:modified|updated?|reviewed|changed)|first (?:published|posted)|mise? (?:à jour|en ligne)|última actualización)(?: on| at| le)?\s?[:：]?|(?:(?:release |publication |posting |update )?(?:date|time)(?: (?:modified|published|updated|posted|of publication))?|datum|fecha(?: de publicación)?|stand|дата(?: публикации)?|online)(?:\s?[:：]|(?= \d)))\s*(?=.{{0,60}}\d{{4}}|\d)(?:(?!(?<!\d)\. [A-Z]).){{4,110}}$
subscription | get | get e-?mails? (?:about|when|for)\b.{{0,60}}$
share | the | the following links? opens?\b.{{0,40}}$
share | share teilen compartir partager partagez partilhar condividi поделиться | \w+ (?:on|via|in|to|auf|per|en|por|sur|par|su|в|through) {SITES}\b(?: ?\([^()]{{2,40}}\)?)?$
share | partager copier enregistrer temps lecture durée | (?:partager (?:la|cette) page|copier dans le presse-papiers?|enregistrer au format.{{0,20}}|temps de lecture\b.{{0,30}}|lecture\s?[:：].{{0,20}}|durée de lecture\b.{{0,30}})$
contact | service contacts contact pressekontakt ansprechpartner kontakt rückfragen contacto contatti пресс-служба медиа | (?:service (?:de )?presse|(?:contacts?|relations?) (?:presse|prensa|médias?|medios)|pressekontakt|ansprechpartner(?:in)?|contacto (?:de )?prensa|пресс-служба)\s?[:：].{{2,100}}$
read-also | also | also (?:in|on|from|this) (?-i:(?:[A-Z][\w’'-]*|the|this|week|section|today|topic)(?: |$)){{1,4}}$
menu | english français deutsch español italiano português русский nederlands svenska dansk polski ελληνικά | \w+ \([a-z]{{2}}\)?$
contact | contacts contact | contacts? for (?:the )?(?:media|press)$
copyright | for | for information media\b.{{0,60}}$
comments | latest recent newest | (?:latest|recent|newest) comments$
menu | topics tags authors keywords schlagwörter themen mots-clés | (?:topics|tags|authors|keywords|schlagwörter|mots-clés)$
publication-line | tagged | tagged (?:with|as|in|:)?\s?[\w’' -]{{2,40}}(?:, [\w’' -]{{2,40}}){{0,12}}$
publication-line | editor editors editor-in-charge web responsible | (?:web |responsible |copy |chief )?editors?(?: in charge| on duty)?\s?[:：]\s?[A-Z][\w .,’'-]{{1,60}}$
comments | useful yes no this thank was is did | (?:(?:yes|no),? this (?:page|article|information) (?:is|was)(?: not)? (?:useful|helpful)|(?:is|was|did) (?:this|the) (?:page|article|information|content) .{{0,30}}\?)$
copyright | a when beim использовании при all site texts | (?:при использовании материалов.{{0,120}}|all (?:site )?content (?:is )?available under.{{0,120}})$
read-also | trending die mehr weitere weiterführende weiterführender también veja sie leia lire neueste neue aktuelle ähnliche beliebte empfohlene letzte temas últimas en dernières autres articles latest from around popular recent czytaj zobacz najnowsze polecamy | (?:trending(?: (?:now|news|stories|topics|today|articles|posts))?|die neuesten (?:meldungen|nachrichten|beiträge|artikel)|mehr zu (?:diesem|dem) thema|weitere (?:inhalte|beiträge|links|informationen) zum thema|weiterführender? links?|también te puede interesar|veja (?:também|mais)|sie könnten auch an folgenden .{{2,20}} interessiert sein|(?:neueste|neue|aktuelle|ähnliche|beliebte|empfohlene|letzte) (?:beiträge|artikel|meldungen|nachrichten|themen|videos)|temas relacionados|últimas noticias|en portada|(?:dernières|autres) (?:actualités|nouvelles|infos)|articles récents|latest from (?-i:[A-Z]).{{1,40}}|from our partners|(?:from )?around the web|(?:popular|recent) (?:posts|stories|articles|news)|(?:czytaj|zobacz) (?:także|też|również)|najnowsze(?: wiadomości)?|polecamy)\s?:?$
read-also | official официальные | официальные страницы.{{0,60}}$
mail-header | from | from \S+@\S+ (?:mon|tue|wed|thu|fri|sat|sun) \w{{3}} [ \d]\d \d\d:\d\d:\d\d.{{0,30}}$
subscription | get | get (?:the )?latest\b.{{2,80}}\b(?:news|updates|headlines)\b.{{0,60}}$
publication-line | received submitted accepted | (?:received|submitted|accepted)(?: (?:on|for publication))?\s?[:：]?\s?(?=.{{0,30}}\d{{4}}).{{0,40}}(?:; (?:revised|accepted|published)\b.{{0,60}})?$
publication-line | doi | doi\s?[:：]?\s?10\.\S+$
publication-line | http https www | (?:https?://|www\.)\S+$
subscription | to pour para um | (?:to (?:continue|keep) reading(?: (?:this|the) \w+)?,? (?:please |you |become |simply )?(?:subscribe|log in|sign (?:in|up)|register|a subscriber|a member|need)|pour (?:lire|continuer) (?:la suite|cet article)|para (?:seguir|continuar) leyendo|um (?:weiterzulesen|weiter zu lesen))\b.{{0,80}}$
subscription | article artículo artikel il te dieser diese cet this contenido pour hai | (?:article|cet article est|contenu|contenido|artículo|dieser artikel ist|diese meldung ist)\b.{{0,20}}(?:réservé|reservado|exclusivo|exklusiv|premium|kostenpflichtig)\b.{{0,60}}|il vous reste \d.{{0,100}}|te queda \d.{{0,80}}|this (?:article|story|content) is (?:for|available to|reserved for|exclusive)\b.{{0,40}}(?:subscribers?|members?).{{0,60}}$
advertisement | la continue sigue weiter | (?:la suite après (?:cette|la) publicité|continue après la publicité|sigue después de la publicidad|weiter nach der (?:anzeige|werbung))$
comments | vous votre réagissez réagir haz haga ihre diskutieren | (?:vous souhaitez réagir\b.{{0,60}}|réagissez\b.{{0,60}}|réagir à cet article.{{0,30}}|haz(?:te)? un comentario.{{0,40}}|diskutieren sie mit.{{0,40}}|ihre meinung.{{0,40}})$
share | lecture lesedauer lesezeit tiempo leestijd lästid | (?:lecture|lesedauer|lesezeit|tiempo de lectura|leestijd|lästid)\s?[:：]?\s?(?:env\. |ca\. )?\d{{1,3}}\s?min.{{0,12}}$
read-also | zie lees läs les mer más meer relaterat | (?:zie ook|lees (?:ook|meer)|läs (?:mer|också|även)|les (?:mer|også)|meer (?:nieuws|over)\b.{{0,30}}|mer om .{{2,40}}|relaterat\b.{{0,30}}){LEAD}.{{0,160}}$
share | deze dela del | (?:deze pagina delen|dela (?:sidan|artikeln)|del (?:siden|artikkelen|artiklen))$
comments | hjälpte hjalp was är fant | (?:hjälpte informationen\b.{{0,60}}|fant du det du lette etter.{{0,20}}|hjalp\b.{{0,60}}\?)$
share | listen lyssna lyt audio play | (?:listen to (?:this )?(?:article|story|page|text)\b.{{0,30}}|lyssna(?: på (?:texten|sidan))?)$
publication-line | editorial | editorial sections?\s?[:：].{{2,160}}$
caption | bildunterschrift bild zoom vergrößern enlarge | (?:bildunterschrift (?:anzeigen|einblenden)|bild (?:vergrößern|in lightbox öffnen)|enlarge (?:image|photo|picture))$
menu | back zurück retour volver terug tilbage tillbaka | back to (?:the )?(?-i:(?!top|start|work|school|business|life|peace)\w[\w ]{{2,24}})$|zurück zur? \w[\w ]{{2,24}}$|retour (?:à|aux?) [\w ]{{2,24}}$|volver (?:a|al) [\w ]{{2,24}}$
share | download télécharger descargar herunterladen scarica baixar скачать | \w+\b.{{0,60}}\((?:pdf|docx?|odt|rtf|zip)\b[^()]{{0,40}}$
publication-line | reporting writing editing additional compiled | (?:additional )?reporting by [A-Z].{{2,80}}[;,.] (?:writing|editing|additional reporting|compiled|translat\w+)\b.{{2,120}}$|(?:writing|editing) by [A-Z][\w .,;’'-]{{2,80}}$
publication-line | source quelle fuente источник fonte via sources | (?:source|quelle|fuente|источник|fonte|sources?)\s?[:：]\s*(?:(?!\. ).){{1,110}}$|via [A-Z][\w ]{{2,30}}$
publication-line | editor editors edited editing web responsible reporter proofread redaktion редактор éditeur redacción | (?:(?:responsible |web |managing |executive )?editors?|edited by|editing by|web editor|(?:redaktion|редактор|éditeur|redacción))\s?[:：]?\s*(?:(?!\b(?:and|of|the|said|in)\b)(?:(?<=\b(?-i:[A-Z]))\.|[^.!?])){{2,90}}$
publication-line | views hits reads read reading visits pageviews просмотров | (?:views?|hits|reads?|visits|pageviews|просмотров|reading time)\s?[:：]?\s*\d[\d.,kK]*(?: ?min\w*)?$
share | share shares tweet pin like partager partage compartir comparte comparta califique valore teilen поделиться condividi compartilhar partilhar | (?:(?:califique|valore) est[ea] \w+|share(?:s|d)?|tweet|pin it|like|partager|partagez|compartir|comparte|comparta|partilhar|teilen|поделиться|condividi|compartilhar)(?: (?:this|it|us|cet article|esta página|sur|en|auf|в|no|na|the|with friends))*(?: (?:article|page|story|post|news|item|content|esta noticia|artikel))?(?: (?:on|to|via|with|in|by|sur|en|auf|в)(?: \w+)?)?\s?[:：|-]?\s*(?:(?:{SITES}|print|copy link|share|save|more|link|and|or|wechat|sms|friends)(?!\w)[|,/·•+\s]*+)*+$
share | print e-mail email send suggest recommend tell forward save bookmark add listen download text font fontsize adjust size schriftgröße taille tamaño размер drucken imprimer imprimir распечатать close version comment cite larger smaller a- a+ a | (?:print(?:er)?(?:[- ]friendly)?(?: (?:this )?(?:page|article|story|version))?|(?:e-?mail|send|suggest|recommend|tell|forward)(?: (?:this|it))?(?: (?:page|article|story|link))?(?: (?:to|by|via))?(?: (?:a |your )?(?:friends?|colleague|e-?mail|editor))?|(?:save|bookmark)(?: (?:this|it|for later|page|article|story))*|add to (?:favou?rites|bookmarks)|listen(?: to (?:this |the )?[a-z]+)?(?: \d+ min\w*)?|download(?: (?:as |this |the )?(?:text|page|article|pdf|document|file|doc))*(?: \([^)]*\))?|(?:text|font|adjust font|font ?size|schriftgröße|taille(?: du texte)?|tamaño(?: de letra)?|размер(?: шрифта)?)(?: size)?\s?[:：]?\s*(?:(?:larger?|medium|small(?:er)?|normal|big|[aаsmlx+|/-][-+]*+)[\s|/]*+)*+|drucken|imprimer(?: (?:la page|cet article))?|imprimir|распечатать|close(?: (?:the |this )?(?:window|page))?|version (?:imprimable|para imprimir)|comment|cite(?: this)?|a[-+]?(?: a[-+]?)*+)(?:[\s|·•/,]*+(?:print|close|share|e-?mail|save(?: for later)?|larger|smaller|pdf|\(\d[^)]*\)|doc|link|listen(?: to this page)?|cite|bookmark|comment(?: \(\d+\))?|send to a friend|rss|{SITES}|a[-+]*+|\+|-)(?!\w))*+[\s|]*$
menu | an official | (?:an )?official (?:web)?sites? (?:of|use)\b.{{0,60}}$
share | click increase decrease estimated | click to (?:share|print|e-?mail|tweet)\b.{{0,60}}$|(?:increase|decrease) (?:text|font) size$|estimated reading time\s?[:：]?.{{0,20}}$
share | back scroll top return haut retour nach zurück volver наверх | (?:back|scroll|return|jump) (?:to )?(?:the )?(?:top|home|homepage|list|news|main page|previous page)(?: of (?:the )?page)?.{{0,20}}$|top of (?:the )?page$|haut de (?:la )?page$|retour (?:en haut|à la liste|à l['’]accueil).{{0,20}}$|nach oben$|zurück zur? .{{2,30}}$|volver (?:arriba|al inicio)$|наверх$
read-also | also see read related more most trending latest recommended you popular top editor's editors' what don't up further previously earlier we other similar next in must keep explore hot breaking dig | (?:also read|also see|see also|read also|read more(?: (?:about|on|at)\b.{{0,60}})?|read next|what to read next|related(?: (?:stor(?:y|ies)|articles?|news|links?|content|posts?|topics?|coverage|reading|items?|documents?|pages?|reports?|videos?|press releases?|speeches|statements|publications|services|searches|tags|events?|entries|updates|headlines|blogs?|resources|materials?|files?|(?:web)?sites?|instruments|legislation|terms))?|more (?:on|from|stories|news|about|in|articles|like this|to read|headlines|coverage)\b.{{0,50}}|most (?:read|viewed|popular|shared|commented|recent|clicked|discussed|emailed)\b.{{0,40}}|trending(?: now| today| topics)?|latest(?: (?:news|stories|headlines|articles|posts|updates))?|recommended(?: (?:for you|stories|articles|reading|links))?|you (?:may|might)(?: also)? (?:like|be interested in|want to read|enjoy).{{0,20}}|popular(?: (?:now|posts|stories|articles|news|today))?|top (?:stories|news|headlines|read)|editor['’]?s['’]? (?:picks?|choice)|don['’]t miss|up next|further reading|previously(?: on)?|earlier(?: stories)?|we recommend|other (?:news|stories|articles|headlines|speeches|statements|publications|documents|releases|posts)(?: .{{0,20}})?|similar (?:articles|stories|news|posts)|next (?:article|story)|in (?:other|this) (?:news|section)|must[- ]reads?|keep reading|explore more|hot (?:news|topics|words)|breaking news){LEAD}.{{0,200}}$
read-also | otros otras outros outras autres dans earlier those in comunicados previous | (?:(?:otr[oa]s|outr[oa]s|autres) (?:artículos|noticias|notícias|artigos|comunicados|publicaciones|publicações|discursos|notas|titulares|documentos|entradas|vídeos|videos|articles|actualités|publications|communiqués|documents|discours|nouvelles|infos|sujets|titres|vidéos|articles récents)(?: [\w-]+)?|dans la même (?:rubrique|catégorie)|(?:earlier|previous) (?:joint )?(?:documents|statements|speeches|releases|news|posts|bulletins|issues)|those who read this.{{0,40}}|in case you missed it.{{0,100}}|comunicados anteriores)$
read-also | à lire voir sur articles en leer lea lee ver noticias artículos lo más te lesen mehr das auch meistgelesen weitere verwandte читайте по материалы другие смотрите ещё leggi leia | (?:à lire(?: (?:aussi|également))?|lire (?:aussi|également|la suite|plus)|voir (?:aussi|également)|sur le même (?:sujet|thème)|articles? (?:liés|similaires|associés|connexes|les plus lus|récents|recommandés)|en (?:savoir plus|lien|relation)|leer (?:también|más)|lea (?:también|además|más)|lee también|ver (?:también|más)|(?:más )?noticias relacionadas|lo más (?:leído|visto)|artículos relacionados|más (?:noticias|leídas|sobre|información).{{0,30}}|te puede interesar|lesen sie auch|mehr (?:zum thema|dazu|lesen|aus|nachrichten|artikel).{{0,40}}|das könnte (?:sie|dich) auch interessieren|auch interessant|meistgelesen(?:e artikel)?|weitere (?:artikel|nachrichten|meldungen|themen).{{0,30}}|weitere (?:beiträge|videos|links|informationen|pressemitteilungen|inhalte|angebote|berichte|texte|reden|interviews|publikationen|veröffentlichungen|seiten|dokumente|termine|geschichten|kommentare|podcasts|\w+(?:artikel|nachrichten|meldungen|themen|beiträge|mitteilungen))|verwandte (?:artikel|themen)|читайте (?:также|ещё|по теме)|по теме|материалы по теме|другие (?:новости|материалы)(?: .{{0,20}})?|смотрите также|ещё по теме|leggi anche|leia (?:também|mais)){LEAD}.{{0,200}}$
read-also | previous next prev | (?:previous|next|prev) (?:article|post|story|page|news|item|speech|statement)\s?[:：].{{2,160}}$
pagination | previous next prev | (?:previous|next|prev) (?:article|post|story|page|item|session|chapter|document|record|issue|letter|entry|volume|result)$
share | cite report spotted seen tell found see | (?:cite this(?: (?:page|article|record))?|(?:report|spotted|seen|found|see) an? (?:error|mistake|problem|typo)\b.{{0,60}}|tell us (?:what|how|if)\b.{{0,80}})$
publication-line | for embargoed | (?:for immediate release|embargoed until)\b.{{0,80}}$
contact | for media press notes | for (?:further|more|media|press|any|all|additional)\b.{{0,40}}(?:information|enquir\w+|inquir\w+|details|questions)\b.{{0,20}}contact.{{0,100}}$|(?:media|press) (?:contacts?|enquir\w+|inquir\w+|office|desk)\s?[:：].{{0,120}}$
advertisement | advertisement advertisements ad ads advert sponsored sponsor promoted anzeige anzeigen werbung publicité publicidad реклама story article continue promotion partner paid pubblicità | (?:advertisements?|ads?(?: by \S+)?|advert|sponsored(?: (?:content|links?|by .{{1,40}}|post|stories))?|sponsor|promoted(?: (?:content|stories|links))?|anzeigen?|werbung|publicité|publicidad|реклама|pubblicità|promotion|paid (?:content|post)|partner content|(?:story|article) continues (?:below|after).{{0,30}}|continue reading(?: (?:below|the main story).{{0,20}})?)\s?[:：.]?(?: [-–—|·•].{{0,80}})?$|(?:advertisement|ad|anzeige|sponsored|promoted|publicité|publicidad|реклама)\s?[:：|–—-]\s?\S.{{0,160}}$
subscription | subscribe sign get join follow support become your enter download register stay receive don't never want like donate try start delivered find abonnez-vous abonnez inscrivez-vous recevez suivez-nous suivez suscríbete suscríbase síguenos síganos reciba recibe folgen abonnieren jetzt newsletter подпишитесь подписывайтесь следите наш newsletters already unlimited connect | (?:subscribe\b(?! to the)(?:(?! (?:said|says)\b).){{0,140}}|sign[- ]up (?:for|to|here|now|today).{{0,140}}|get (?:the|our|your|all|daily|weekly|more|this|breaking|instant|news).{{0,60}}(?:newsletter|inbox|e-?mail|app\b|alerts?|week|morning|updates).{{0,60}}|join (?:our|us on|the conversation|the discussion|thousands).{{0,120}}|follow (?:us|our|@|.{{2,40}} on\b).{{0,100}}|support (?:our|local|independent|quality|us|public).{{0,140}}|become an? .{{0,40}}(?:member|subscriber|supporter|patron|friend).{{0,100}}|your e-?mail(?: address)?(?: will not be published.{{0,60}}|.{{0,40}})|enter your (?:e-?mail|name).{{0,60}}|download (?:our|the) .{{0,30}}app.{{0,60}}|register (?:now|here|for (?:free|our|your)).{{0,100}}|stay (?:informed|connected|tuned|up to date|in touch|ahead).{{0,120}}|receive (?:our|the|your|daily|weekly|news|updates).{{0,100}}(?:newsletter|inbox|e-?mail|bulletin).{{0,40}}|(?:don['’]t|never) miss (?:a|an|out|our|any|the).{{0,100}}|want (?:more|to (?:read|know|get)).{{0,60}}(?:subscribe|sign up|newsletter|inbox).{{0,60}}|like (?:us|this (?:story|article|content)|what you (?:read|see|are reading))\b.{{0,100}}|donate.{{0,60}}|try (?:our|it) .{{0,80}}|delivered (?:to|straight).{{0,60}}inbox.{{0,40}}|find us on.{{0,80}}|abonnez[- ]vous.{{0,140}}|inscrivez-vous.{{0,140}}|recevez.{{0,100}}(?:lettre|newsletter|courriel|e-?mail|infolettre|boîte|actualité).{{0,60}}|suivez(?:-nous| l| la| le).{{0,100}}|suscríb(?:ete|ase).{{0,140}}|sígu?[ea]nos.{{0,100}}|recib[ae].{{0,80}}(?:boletín|correo|noticias).{{0,60}}|folgen sie.{{0,100}}|abonnieren sie.{{0,120}}|jetzt (?:abonnieren|anmelden|testen|registrieren|newsletter).{{0,80}}|newsletters?\b.{{0,110}}|под(?:пишитесь|писывайтесь).{{0,120}}|следите за.{{0,100}}|наш (?:канал|telegram).{{0,80}}|already (?:a|have|subscribed).{{0,80}}|unlimited (?:access|digital).{{0,80}}|connect with us.{{0,80}})$
comments | was rate rating user did useful | (?:user rating\s?[:：].{{0,60}}|was (?:this|the) (?:page|article|information|answer|content|story).{{0,30}}\?.{{0,30}}|rate (?:this|the) .{{2,30}}(?:[:：].{{0,30}})?|rating[:：].{{0,30}}|did you find.{{0,60}}|useful\? .{{0,20}})$
publication-line | topics rubric rubrik rubrique rubrica section sección рубрика tags keywords categories category filed schlagworte mots-clés etiquetas теги labels topic subjects posted | (?:topics?|rubri[ck]s?|rubriques?|rubrica|section|sección|рубрика|tags?|keywords?|categor(?:y|ies)|labels|subjects|schlagworte|mots-clés|etiquetas|теги)\s?[:：]\s?(?:(?!\. ).){{1,160}}$|filed (?:under|in)\b.{{1,120}}$|posted (?:in|by|under)\b.{{1,120}}$
share | post scan | (?:post (?:this )?(?:on|to) {SITES}.{{0,30}}|scan (?:the|this|to) .{{0,60}}(?:code|share|wechat|phone|mobile|circle|friends).{{0,60}})$
comments | comments comment leave post no be write add show view reply discuss rate commentaires laisser comentarios deja deixe kommentare комментарии оставить join 0 have login please say save notify | (?:save my name,? (?:and )?e-?mail\b.{{0,100}}|notify me of\b.{{0,80}}|comments?(?: ?\(\d+\)?(?: - .{{0,30}})?| are closed.{{0,30}}| \d+| policy| section| on this (?:article|entry).{{0,20}})?\s?:?|leave (?:a|your) (?:comment|reply).{{0,30}}|(?:post|add|write|submit)(?: a| your)? comments?.{{0,20}}|no comments?(?: yet.{{0,40}})?|be the first to (?:comment|reply|review|share).{{0,40}}|(?:show|view|see|read)(?: all)?(?: \d+)? comments?.{{0,10}}|reply|discuss(?: this)?|rate (?:this|and comment).{{0,30}}|(?:0|no) commentaires?|commentaires?(?: ?\(\d+\))?|laisser un commentaire|(?:0 )?comentarios?(?: ?\(\d+\))?|deja (?:un|tu) comentario|deixe (?:um comentário|a sua opinião).{{0,40}}|kommentare?(?: ?\(\d+\))?|комментарии(?: ?\(\d+\))?|оставить комментарий|0 comments?.{{0,20}}|say something|discuss (?:this |it )?in the forum.{{0,40}}|have your say.{{0,80}}|(?:please )?log ?in to (?:comment|reply|post).{{0,30}}|please enter your (?:comment|name).{{0,30}})[!.]?$
menu | search skip jump toggle please select choose language languages edition idioma idiomas langue langues sprache sprachen язык browse sort filter view buscar recherche suche поиск show choisir | (?:search(?: (?:for|this site|the site|our site|results|site|here|treaties|[a-z]+))?(?: ?(?:\.\.\.|…|:|：))?|(?:skip|jump) to (?:main |the )?(?:content|navigation|main|search|footer|article|menu|text).{{0,20}}|toggle .{{2,20}}|please select.{{0,40}}|(?:select|choose)(?: a| your)? (?:language|country|edition|region|site|page).{{0,30}}|(?:languages?|edition|idiomas?|langues?|sprachen?|язык|choisir (?:une|la) langue)\s?[:：].{{0,80}}|browse (?:by|all)\b.{{0,40}}|sort by\b.{{0,40}}|filter by\b.{{0,40}}|view (?:all|as|full|mobile|desktop).{{0,30}}|buscar(?: en .{{2,30}})?|rechercher?(?: sur .{{2,30}})?|suche(?: auf .{{2,30}})?|поиск(?: по сайту)?|show (?:more|menu|all).{{0,10}})(?: (?:go|search|ok))?$
pagination | предыдущая следующая все | (?:предыдущая|следующая|все) (?:новости|новость|статья|страница|материалы).{{0,60}}$
comments | name website webseite e-mail email nombre correo nom имя kommentar | (?:name|website|webseite|e-?mail|nombre|correo|nom|имя|kommentar) \((?:required|erforderlich|pflichtfeld|obligatorio|requis|обязательно)\)?(?: ?\(.{{2,60}})?$
comments | kommentar schreibe schreiben hinterlasse hinterlassen einen deine ihre meinen benachrichtige informiere gib du trage neueste letzte neue recent eine bisher sie diese | (?:kommentar (?:abschicken|absenden|senden|hinzufügen|schreiben|verfassen|abgeben)|schreiben? (?:sie )?(?:einen|den ersten) kommentar.{{0,30}}|hinterlassen? (?:sie )?einen kommentar|einen kommentar (?:schreiben|hinterlassen|abgeben)|eine antwort schreiben|bisher keine kommentare|sie müssen (?:sich anmelden|angemeldet sein),? um .{{0,30}}kommentar.{{0,30}}|diese website verwendet akismet.{{0,160}}|(?:deine|ihre) e-?mail-?adresse wird nicht veröffentlicht.{{0,80}}|meinen namen, .{{0,60}}speichern.{{0,60}}|(?:benachrichtige|informiere) mich über .{{0,80}}|gib hier deinen kommentar ein.{{0,10}}|du kommentierst mit deinem .{{0,80}}|trage deine daten unten ein.{{0,90}}|(?:neueste|letzte|neue) kommentare|recent comments)$
comments | votre enregistrer tu su guarda publicar ваш добавить сохранить twój dodaj | (?:votre adresse e-?mail ne sera pas publiée.{{0,90}}|enregistrer mon nom,.{{0,120}}|(?:tu|su) dirección de correo electrónico no será publicada.{{0,90}}|guarda(?:r)? mi nombre,.{{0,120}}|publicar (?:el|un) comentario|ваш (?:адрес )?e-?mail не будет опубликован.{{0,90}}|добавить комментарий|сохранить (?:моё|мое) имя.{{0,120}}|twój adres e-?mail nie zostanie opublikowany.{{0,90}}|dodaj komentarz)$
subscription | you've you’ve you vous jetzt sie pour este cet cette gift материал статья | (?:you(?:['’]ve| have) (?:reached|read|used) (?:your|all|the) .{{0,30}}\b(?:free|articles?)\b.{{0,40}}|jetzt weiterlesen.{{0,40}}|sie haben bereits ein (?:abo|konto)\b.{{0,40}}|vous avez lu \d .{{0,30}}articles? gratuits?.{{0,30}}|pour lire la suite,.{{0,60}}|(?:cet|cette) (?:article|contenu) est réservée? (?:à|aux).{{0,40}}|este (?:contenido|artículo) es (?:exclusivo|solo|sólo) para.{{0,40}}|(?:материал|статья) (?:доступ\w+|только для) .{{0,20}}подпис.{{0,20}}|gift this article)$
share | gefällt view sieh load нашли seite mit teilen folge folgt udostępnij | (?:(?:seite|mit freunden) teilen|teilen sie dies mit|folg(?:e|t) uns\b.{{0,40}}|udostępnij(?: na .{{2,20}})?|gefällt mir:?|view this post on \w+|sieh dir diesen beitrag auf \w+ an|load (?:more )?comments|нашли (?:ошибку|опечатку)\?.{{0,80}})$
comments | was | was (?:it|this) (?:helpful|useful)\??$
menu | show | show original.{{0,60}}$
pagination | page pages seite página страница next previous prev « < 1 older newer part first siguiente anterior weiter suivant précédent | (?:pages?|seite|página|страница)\s?[:：]?\s?\d{{1,3}}(?:\s?(?:of|/|von|de|sur|из)\s?\d{{1,3}})?$|(?:first|prev(?:ious)?|next|last|older|newer|siguiente|anterior|weiter|suivant|précédent)(?: (?:page|posts?|article|story|entries|»|›|>+|→|prev(?:ious)?|next|last|\||/|\d{{1,3}}))*\s?[»›>→]*$|[«‹<]*\s?(?:first|prev(?:ious)?)?\s?1(?:\s+\d{{1,3}}){{1,}}(?:\s+(?:…|\.{{3}}|\d{{1,4}}))*+(?:\s|next(?: page)?|last|»|›|>|siguiente|suivant|weiter|→)*+$|«\s?(?:previous|prev|back|older).{{0,40}}$|<<?\s*(?:previous|prev|back|\d|\^).{{0,40}}$|pages?:(?: \d+)+.{{0,20}}$
copyright | reproduction disclaimer the unofficial views opinions any powered site content terms | (?:reproduction\b.{{0,120}}permission.{{0,60}}|disclaimer\s?[:：].{{0,400}}|the (?:views|opinions) expressed (?:here|in this|above|are).{{0,240}}|views expressed.{{0,200}}|opinions expressed.{{0,200}}|any reproduction.{{0,200}}|powered by.{{0,60}}|site (?:map|design|by)\b.{{0,60}}|terms (?:(?:of|and|&) (?:use|service|services|sale|business|access|website|conditions|privacy|the site)|& conditions).{{0,60}})$
list-footer | to unsubscribe list-unsubscribe you you're this | (?:(?:to|list-)\s?unsubscribe.{{0,160}}|unsubscribe(?: .{{0,160}})?|to (?:subscribe|change your|view this|manage|post to this|leave).{{0,40}}(?:list|unsubscrib|options|settings|e-?mail|web).{{0,120}}|you(?:['’]re| are)? (?:received|receiv|are subscribed|subscribed).{{0,160}}(?:list|subscrib|group|e-?mail|signed up|registered|opted in).{{0,80}}|this (?:e-?mail|message|mail|newsletter) (?:was|is) (?:sent|being sent).{{0,160}})$
""")  # fmt: skip
CHINESE = re.compile(
    r"[（(【\[]?(?:(?:发布时间|发布日期|更新时间|时间|日期|来源|稿源|文章来源|信息来源|编辑|责任编辑|责编|审核|校对|初审|复审|终审|监制|审读|二审|三审|浏览次数|浏览量|浏览|点击数?|阅读次数?|阅读量?|访问次数|查看|回复|原标题|标签|关键词)[:： /].{0,120}|发布时间.{0,60}|"
    r"(?:责任编辑|编辑)[ :：/][^，。]{2,40}|(?:来源|來源)[:：].{0,60}|\(?(?:本文来自|原题为).{0,80})$"
)
CHINESE_SHARE = re.compile(
    r"[【\[（(]?(?:(?:我要)?纠错(?:[】\]]责任编辑.{0,20})?|分享(?:到|至|给|本文|文章|链接)?|字体(?:大小)?|字号|字體|打印(?:[本此](?:页|文|文章)|文章)?|关闭(?:窗口|[本此]页)?|推荐给朋友|我要(?:评论|打印|纠错|收藏)|收藏(?:本页|本文)?|返回(?:顶部|首页|列表|上一页|上页)?|大|中|小|扫一扫.{0,30}|扫码.{0,30}|微信扫.{0,30}|关注.{0,12}(?:微信|公众号|微博|我们).{0,20}|.{0,8}(?:公众号|二维码).{0,20}|复制链接|语音播报|听新闻|朗读|用手机(?:看|打开|浏览).{0,10}|在手机.{0,12})(?:[\s:：|/、·\u3000【】\[\]()（）]*(?:打印本页|确定|关闭窗口|返回顶部|新浪微博|QQ空间|复制链接|分享到|朋友圈|大|中|小|打印|关闭|收藏|分享|微信|微博|QQ|邮件|邮箱|评论|更多|本页|窗口|字体|字号|[AT][+-]?))*+[】\]）)]?$"
)
CHINESE_RELATED = re.compile(
    r"[【\[]?(?:相关(?:新闻|阅读|链接|报道|文章|文档|附件|稿件|专题|内容|推荐)|推荐(?:阅读|新闻|文章)|延伸阅读|热门(?:新闻|文章|推荐|阅读|排行)?|热点(?:新闻|推荐|排行)?|猜你喜欢|更多(?:新闻|内容|报道|>>|精彩.{0,20})?|最新(?:新闻|消息|文章|报道)|点击排行|阅读排行|新闻排行|今日头条|精彩推荐|图片新闻|上一篇|下一篇|上一条|下一条|往期回顾|编辑推荐|新闻热点|刊文精选|热文推荐|为您推荐|相关|大家都在看)[】\]]?(?:[:：].{0,120}|>*)?$"
)
CHINESE_MENU = re.compile(
    r"(?:(?:政府)?网站(?:标识码.{0,20}|找错)|(?:(?:网友|网民)评论|以上(?:内容|观点|言论)|本文(?:内容|观点)?)仅(?:供|代表).{0,60}|本网站?(?:所刊载|所登载|刊载|转载).{0,80}|刊用本网站?.{0,40}|请输入(?:关键字|关键词|搜索).{0,20}|(?:站内|全站)?(?:搜索|检索)|今天是.{0,30}|欢迎(?:您|访问|光临).{0,30}|(?:网友|我来|发表|我要|全部|最新)?评论(?:[（(]\d*[）)]|\d*条)?|目前有.{0,10}(?:留言|评论).{0,6}|还没有评论.{0,10}|广告|推广)$"
)
MAIL_HEADER = re.compile(
    r"(?:From|To|Subject|Cc|CC|Bcc|Date|Sent|Reply-To|Message-I[Dd]|In-Reply-To|References|Return-Path|Received|Delivered-To|Content-[\w-]+|MIME-[Vv]ersion|X-[\w-]+|List-[\w-]+|Sender|Importance|Priority|User-Agent|Organization|Precedence|Errors-To|Followup-To|Newsgroups|Lines|Envelope-to|Von|An|Gesendet|Datum|Betreff|De|À|Envoyé|Objet):[ \t]"
)
LIST_FOOTER = re.compile(
    r"(?i)(?:[_=*]{8,}|-{20,}|#\s{2}distributed via.{0,80}|#\s{2}.{0,90}|.{0,60}\bmailing list$|\S+@lists?\.\S+$|\S+@\S+\.\S+$|https?://\S*(?:listinfo|mailman|lists?[./]|options)\S*|.{0,40}(?:listinfo|mailman)\S*.{0,20}|end of .{0,80}(?:digest|list)\b.{0,40}|-{3,} ?end (?:of )?forwarded message ?-{0,})$"
)
FORWARDED = re.compile(
    r"(?i)-{2,}\s*(?:(?:begin )?(?:forwarded|original|weitergeleitete) (?:message|mail|nachricht)(?: follows)?|end forwarded message|forwarded by .{0,60})\s*:?\s*-*$|begin forwarded message:$"
)
READ_ON = re.compile(
    r"(?i)(?:(?:read|see|view|show|learn|find out|know) more|continue reading|read (?:the )?(?:full|whole|rest|entire|on)\b.{0,40}|more|full (?:story|article|text)|lire la suite|leer más|seguir leyendo|weiterlesen|mehr lesen|читать (?:далее|дальше|полностью)|подробнее|阅读全文|查看全文|阅读更多|查看更多|展开全文|\[?\+\d+ chars\]?)\s*(?:\.{3}|…|»|›|>+|→|>>)?(?:\s*(?:read more|more)(?:\s*[»›>→]+)?)*\s*$"
)
COUNTERS = re.compile(
    r"(?i)(?:\d[\d.,]*\s?(?:k\s?)?(?:views?|comments?|responses?|replies|thoughts|reactions?|shares?|likes?|hits|reads?|downloads?|votes?|mins?(?: read)?|minutes? read|kommentare?|commentaires?|comentarios?|просмотр\w*|评论|阅读|次)(?: so far)?|<? ?\d+ min(?:ute)?s?\.? read)(?:\s*(?:[|·•,/]\s*)?\d[\d.,]*\s?(?:k\s?)?(?:views?|comments?|shares?|likes?))*$"
)
LABELLED_COUNT = re.compile(r"(?i)\b(?:\d+|no) comments?\b")
END_MARK = re.compile(
    r"(?i)(?:(?-i:ENDS|-30-|#{3}|(?:# ){2,}#|-? ?30 ?-)$|[-–—*#=~]{2,}\s?(?:end|ends|ende|fin)\s?[-–—*#=~]{2,}|[（(]完[）)])$"
)
RULE = re.compile(r"[-_=*~#.·•+\s—–|]{3,}$")
PARTS = re.compile(r"\s*(?:[|│▸】·•»›→]|::|\s\*\s|\.\s|\s/\s|/(?=[A-Z\u4e00-\u9fff])|\]\s*\[|\s[-–—]\s|\t|\u3000+|\s{2,}|,\s|>>)\s*")
PARTS_OF_STAMP = re.compile(r"\s*\|\s*|\s{3,}")
AROUND = " \t\u3000\xa0<>[]()（）【】•·*»›▪‣|-–—~:：^"
BARS = re.compile(r"\||│|·|::|▸|】|\s\*\s|\S {3,}\S.* {3,}\S")
SYMBOLS = re.compile(r"[\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff\u2600-\u27bf\u2630\u2261\U0001f300-\U0001faff«»‹›⌕]")
POINTS = "●■◆○□▪◦‣►▷▸➢➤➔➜➝➡→⇒✓✔✅☑☐☒✗✘★☆❖◇◈❑❒♦▢▣◼◻🔹🔸👉"  # they open points of a list, and buttons
FIELDS = frozenset(
    "name|full name|website|webseite|e-mail|email|e-mail-adresse|email address|e-mail address|nombre|correo|correo electrónico|nom|courriel|adresse e-mail|site web|имя|kommentar|comment|your comment|message|commentaire|comentario|betreff|nachricht".split(
        "|"
    )
)  # of a form, with a star behind
BUTTONS = re.compile(r"(?:\[[^\]]{1,40}\]\s*){2,}$")
TICKER = re.compile(r"(?:\*\*\*|\+\+\+) \S.* (?:\*\*\*|\+\+\+)")
HOME = frozenset(("home", "homepage", "accueil", "inicio", "startseite", "главная", "首页", "index", "portada"))
FIRST_WORD = re.compile(r"[^\s:：|(（【\[!,.…»>]+")
LONGEST = 400  # code points of a line that a page may say of itself
FORUM_LINK = re.compile(r" ?\[url=[^\]\[]{0,200}\][^\[]{0,120}\[/url\]", re.IGNORECASE)
BEHIND_A_SENTENCE = re.compile(r"(?<=[.!?”\"]) (?P<words>[a-z][^!?]{6,150}?)(?=$| [A-Z][a-z]+ [a-z])")
SPAM_WORD = re.compile("|".join(sorted(map(re.escape, SPAM), key=len, reverse=True)))
