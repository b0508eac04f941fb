"""The words by which pages speak of themselves, in the languages in which the texts come. Lower case; each stands alone on its line or in its place of a bar."""

from __future__ import annotations

# What menus, headers and footers offer. A line made of these alone is no prose in any text.
MENU = frozenset("""
home | homepage | home page | main page | start | index | menu | main menu | navigation | toggle navigation | site map | sitemap | search | advanced search | search this site | site search | go | submit | close menu
about | about us | about the ministry | about the embassy | about the mission | about this site | who we are | what we do | our work | contact | contact us | contacts | feedback | help | faq | faqs | support
news | latest news | news & events | news and events | news room | newsroom | press | press room | press office | press releases | press release | press centre | press center | media | media centre | media center | media room | top news | all news | breaking news
events | calendar | gallery | photo gallery | photos | photo | video | videos | audio | multimedia | podcasts | podcast | live | archive | archives | publications | documents | speeches | statements | interviews | resources | library | links | useful links | related links | quick links
services | consular services | visas | visa | visa & consular | passports & visas | e-services | online services | forms | downloads | download | careers | jobs | vacancies | tenders | procurement | subscribe | newsletter | newsletters | rss | rss feed | rss feeds | e-paper | epaper | mobile | mobile version | apps | app
login | log in | log-in | sign in | sign up | sign out | log out | logout | register | my account | join | join us | donate | shop | store | cart | profile | skip to content | skip to main content | skip to navigation | skip navigation | accessibility | text only | text version | print version | printable version | high contrast | desktop version
privacy | privacy policy | privacy notice | privacy statement | terms | terms of use | terms of service | terms & conditions | terms and conditions | cookies | cookie policy | cookie settings | legal notice | legal | disclaimer | imprint | advertise | advertise with us | advertising | partners | copyright | complaints | corrections | masthead | editorial policy | work with us
world | politics | business | economy | opinion | sport | sports | culture | travel | technology | tech | science | health | lifestyle | entertainment | education | society | local | national | international | regions | finance | markets | weather | editorials | columnists | letters | obituaries | classifieds | crossword | features | in depth | in-depth | explainers | special reports | specials
back | back to home | back to list | previous | prev | next | next page | previous page | more news | see more | load more | view all | view more | see all | show more | top | all | share | print | email | e-mail
à la une | politique | international | économie | vidéos | en direct | société | planète | idées | sports | météo | jeux | cgv | paramétrer les cookies | se connecter | je m'abonne | je m’abonne | mon compte | nos services | newsletters | accueil | plan du site | recherche | rechercher | actualités | actualité | contactez-nous | nous contacter | à propos | espace presse | presse | communiqués | communiqués de presse | discours | agenda | mentions légales | se connecter | connexion | s'abonner | s’abonner | abonnez-vous | aller au contenu | aller au contenu principal | aller au menu | accessibilité | le ministère | le ministre | la ministre | données personnelles | gestion des cookies | publications | médiathèque | services | marchés publics | recrutement | partager | imprimer | retour | haut de page
inicio | portada | noticias | contacto | contáctenos | buscar | mapa del sitio | quiénes somos | acerca de | sala de prensa | comunicados | prensa | política | economía | mundo | internacional | nacional | opinión | deportes | cultura | sociedad | tecnología | iniciar sesión | registrarse | suscríbete | suscribirse | aviso legal | política de privacidad | compartir | imprimir | siguiente | anterior | más noticias | lo más leído | ver más
startseite | start | aktuelles | nachrichten | suche | kontakt | impressum | datenschutz | datenschutzerklärung | über uns | presse | pressemitteilungen | politik | wirtschaft | kultur | sport | panorama | gesellschaft | wissen | regional | meinung | anmelden | abmelden | registrieren | abo | newsletter | e-paper | mediathek | sitemap | agb | barrierefreiheit | zur startseite | drucken | teilen | zurück | weiter | nach oben | mehr | ausland | inland | wetter | anzeigen | karriere
首页 | 首頁 | 主页 | 网站首页 | 返回首页 | 网站地图 | 关于我们 | 联系我们 | 联系方式 | 新闻 | 要闻 | 新闻中心 | 新闻动态 | 公告 | 通知公告 | 领事服务 | 签证 | 大使 | 大使致辞 | 使馆概况 | 使馆信息 | 馆领导 | 外交动态 | 重要讲话 | 发言人 | 例行记者会 | 专题 | 政策 | 政策法规 | 资料 | 双边关系 | 经贸 | 科技 | 教育 | 文化 | 体育 | 国际 | 国内 | 时政 | 财经 | 社会 | 视频 | 图片 | 评论 | 滚动 | 更多 | 更多>> | 搜索 | 检索 | 登录 | 注册 | 收藏 | 设为首页 | 加入收藏 | 无障碍 | 无障碍浏览 | 手机版 | 客户端 | 微信 | 微博 | 分享 | 打印 | 关闭 | 返回 | 返回顶部 | 上一篇 | 下一篇 | 上一页 | 下一页 | 友情链接 | 常用链接 | 相关链接 | 站点地图 | 隐私政策 | 法律声明 | 版权声明 | 网站声明
главная | главная страница | новости | новости и события | пресс-центр | пресс-служба | контакты | поиск | карта сайта | о министерстве | о посольстве | о нас | документы | выступления | заявления | события | галерея | фото | видео | архив | министерство | министр | консульские услуги | войти | вход | регистрация | подписаться | рассылка | версия для печати | версия для слабовидящих | поделиться | печать | назад | вперёд | вперед | наверх | далее | ещё | ссылки | политика | экономика | общество | культура | спорт | в мире | закупки | вакансии | обратная связь
till innehåll på sidan | till innehållet | hoppa till innehåll | meny | prenumerera | tillgänglighet | naar inhoud | actueel | service | over deze site | kwetsbaarheid melden | toegankelijkheid | abonneren | gå til indhold | gå til hovedinnhold | indhold | hem | nyheter | sök | kontakta oss | om oss | om webbplatsen | kakor | blanketter | lättläst | hjem | forside | nyheder | kontakt oss | om os | søk | søg | nieuws | zoeken | over ons | contact opnemen | strona główna | aktualności | kontakty | wyszukiwarka | data protection | tickets | visit | visit us | members | committees | collections | guestbook | warnings | learn | breadcrumb | search this website | categories | social media | live updates | accessibility statement | accept all cookies | accept cookies | accept all | manage preferences | email address | install our app | política de cookies | zum inhalt springen | подписаться на рассылку | here's how you know | here’s how you know | 网站标识 | plan your visit | your visit | permalink | trackback | webmail | chat | blogroll | bookmark us | site index | web standards | tip line | go up
trámites | transparencia | participe | entrar | pesquisar no sítio | ficha técnica | discursos| aller au texte | contraste | crédits
suchen | suche nach: suche | suchen nach | menü | menü schließen | hauptmenü | hauptnavigation | zum inhalt wechseln | direkt zum inhalt | kategorien | schlagworte | schlagwörter | beitrags-navigation | beitragsnavigation | rss-feed | mein konto | passwort vergessen? | benutzername | angemeldet bleiben | einloggen | mediadaten | leichte sprache | gebärdensprache | kontaktformular | zum seitenanfang | seitenanfang | cookie-einstellungen | datenschutzeinstellungen | einstellungen speichern | impressum & datenschutz | nutzungsbedingungen | stellenangebote | alle akzeptieren | alle ablehnen | alle cookies akzeptieren | seite drucken | zur startseite
post navigation | forgot your password? | forgot your password? get help | forgot password? | password recovery | privacy overview | do not sell my personal information | do not sell or share my personal information | adchoices | ad choices | media kit | reject all | manage cookies | your privacy choices | back to home | all topics | mot de passe oublié ? | mot de passe oublié | mentions légales & cookies | tout accepter | tout refuser | aceptar todo | rechazar todo | ¿olvidaste tu contraseña? | mi cuenta | polityka prywatności | zaloguj się | забыли пароль? | личный кабинет | все разделы
ホーム | メニュー | 検索 | お問い合わせ | 홈 | 메뉴 | 검색 | الرئيسية | بحث | início | notícias | contato | pesquisa | notizie | contatti | cerca | chi siamo
""".replace("\n", "|").split("|"))  # fmt: skip
CONTROLS = frozenset(
    "share print email e-mail partager imprimer compartir imprimir drucken teilen печать поделиться 打印 分享 关闭 微信 微博 收藏 返回顶部".split()
) | {
    "play video",
    "watch now",
    "link copied",
    "pdf version",
    "report this page",
    "give feedback",
    "translate this page",
    "view original",
    "open in app",
    "qr code",
    "loading",
    "please wait",
    "yes no",
    "go back",
    "artikel teilen",
    "seite drucken",
    "imprimer cette page",
    "escuchar",
    "descargar en pdf",
    "ouvir",
    "ver o vídeo",
    "imprimir",
    "partilhar",
    "seite empfehlen",
    "seite vormerken",
    "vorlesen",
    "écouter",
    "haut de page",
    "nach oben",
    "till toppen",
    "skriv ut",
    "dela",
    "dela sidan",
    "udskriv",
    "del",
    "delen",
    "afdrukken",
    "til toppen",
    "naar boven",
}
MENU = frozenset(words for each in MENU if (words := each.strip())) - CONTROLS
LANGUAGES = frozenset("""
english | français | francais | french | español | espanol | spanish | deutsch | german | italiano | italian | português | portugues | portuguese | русский | russian | 中文 | 简体中文 | 繁體中文 | 简体 | 繁體 | 繁体 | 中文版 | 简体版 | 繁体版 | 英文版 | chinese | 日本語 | 日本语 | 日文 | japanese | 한국어 | korean
العربية | عربي | عربى | arabic | türkçe | nederlands | dutch | polski | svenska | norsk | dansk | suomi | magyar | čeština | ελληνικά | українська | тоҷикӣ | қазақша | oʻzbekcha | монгол | فارسی | हिन्दी | हिंदी | اردو | বাংলা | ไทย | tiếng việt | bahasa indonesia | bahasa melayu | kiswahili | עברית | română | български | srpski | shqip | en | fr | es | de | ru | zh | ar | pt | it | ja | eng | fra | esp | chn | rus
""".replace("\n", "|").split("|"))  # fmt: skip
LANGUAGES = frozenset(words for each in LANGUAGES if (words := each.strip()))
NETWORKS = CONTROLS | frozenset(
    "facebook twitter x linkedin whatsapp telegram weibo wechat reddit pinterest instagram youtube tiktok messenger viber line flipboard tumblr vk vkontakte ok odnoklassniki skype snapchat threads mastodon bluesky xing "
    "email e-mail mail gmail flickr pocket digg delicious stumbleupon google google+ qq qzone 微信 微博 新浪微博 朋友圈 空间 豆瓣 手机 print copy link copy_link sms".split()
) | {"copy link", "correo electrónico", "correo", "courriel", "par courriel", "per e-mail", "copiar", "enlace", "почта", "邮件", "copier", "lien", "whats app", "google plus", "qq空间", "微信好友", "新浪微博", "share", "link kopieren", "copier le lien", "copiar enlace", "скопировать ссылку", "вконтакте", "одноклассники"}  # fmt: skip
SPAM = (
    "casino", "viagra", "cialis", "levitra", "payday loan", "cash loan", "instant loan", "loans online", "essay writing", "write my essay", "term paper", "replica watch", "replica handbag", "best replica", "louis vuitton", "cheap jersey", "weight loss", "slimming",
    "porn", "escort", "xxx", "online slot", "slot machine", "slots", "jackpot", "betting", "sportsbook", "bookmaker", "poker", "roulette", "free spins", "bonus code", "no deposit", "forex signal", "bitcoin doubler", "crypto giveaway", "make money", "work from home", "click here",
    "online loan", "cheap pills", "cheap essays", "replica handbags", "running shoes", "designer watches", "followers", "buy now", "order now", "without prescription", "no prescription", "online pharmacy", "pills", "discount", "free shipping", "buy cheap", "cheap", "backlinks", "seo services", "% off", "limited offer", "promo code", "sex", "credit score", "debt relief", "bad credit", "gambling",
    "博彩", "彩票", "娱乐城", "澳门赌场", "赌场", "时时彩", "代开发票", "贷款", "казино", "ставки на спорт", "кредит без", "виагра",
)  # fmt: skip
PLAIN_SPAM = frozenset(("casino", "viagra", "cialis", "levitra", "payday loan", "essay writing", "write my essay", "replica watch", "best replica", "replica handbag", "free spins", "without prescription", "no prescription", "buy cheap", "online pharmacy", "porn", "博彩", "娱乐城", "澳门赌场", "казино", "виагра", "slot machine", "online slot", "buy cheap", "best replica", "replica handbags", "cheap pills", "cheap essays"))  # fmt: skip
RARE_SPAM = (
    "casino viagra cialis levitra payday essay replica spin prescription pharmacy porn slot cheap pill".split()
)  # one of these stands in every phrase of PLAIN_SPAM
