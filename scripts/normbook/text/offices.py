"""The words of offices, in the languages in which the texts come: what a person is, what the office is of, and how it is said that they speak."""

from __future__ import annotations

import re

from normbook.text.line_cache import remembered

# What a person is by an office; each in lower case, as a text writes it in the singular.
ROLES = frozenset("""
ceo cfo cio cto co-president vice-president vice-premier vice-minister vice-chairman vice-chair vice-chancellor vice-mayor admiral adviser advisor alderman ambassador analyst archbishop archivist attaché attorney auditor bailiff bishop captain chair chairman chairperson chairwoman chancellor chief clerk co-chair co-founder colonel commander
commissioner comptroller consul convener coordinator co-ordinator coroner councillor councilor councilman councilwoman counsel counsellor counselor counterpart curator dean delegate deputy director doyen economist editor elder engineer envoy executive
forester founder general governor harbourmaster head headmaster headmistress historian inspector judge justice keeper lawmaker lawyer leader lecturer legislator librarian lieutenant magistrate major manager marshal master mayor meteorologist minister moderator negotiator officer official ombudsman ombudswoman organiser organizer owner
pastor premier president principal prior professor prosecutor provost ranger rapporteur rector reeve registrar representative researcher scientist secretary senator sergeant sheriff solicitor speaker spokesman spokesperson spokeswoman steward superintendent surgeon teacher treasurer trustee undersecretary under-secretary vicar warden
ministre président présidente porte-parole directeur directrice ambassadeur ambassadrice secrétaire maire député députée sénateur sénatrice chef cheffe commissaire préfet préfète gouverneur gouverneure chancelier chancelière conseiller conseillère délégué déléguée représentant représentante procureur procureure professeur professeure vice-président vice-présidente envoyé
ministro ministra presidente presidenta subsecretario subsecretaria vicecanciller exministro exministra expresidente expresidenta viceministra consejero consejera coordinador coordinadora intendente portavoz vocero vocera canciller directora embajador embajadora alcalde alcaldesa secretario secretaria diputado diputada senador senadora gobernador gobernadora fiscal comisario comisaria jefe jefa vicepresidente vicepresidenta viceministro viceministra representante rector rectora
porta-voz embaixador embaixadora diretor diretora prefeito prefeita chanceler governador governadora secretário secretária deputado deputada chefe
portavoce sindaco sindaca direttore direttrice ambasciatore ambasciatrice segretario segretaria governatore cancelliere
minister-président ministerpräsident präsident präsidentin sprecher sprecherin kanzler kanzlerin direktor direktorin leiter leiterin vorsitzender vorsitzende vorsitzenden botschafter botschafterin staatssekretär staatssekretärin abgeordneter abgeordnete senatorin ministerin landrat landrätin kommissar kommissarin beauftragter beauftragte
заместитель замглавы пресс-секретарь министр президент премьер премьер-министр посол представитель представительница начальник директор председатель губернатор секретарь глава мэр депутат сенатор руководитель канцлер советник замминистра вице-президент вице-премьер прокурор
ministern presidenten statsministern utrikesministern ordföranden ordförande talesperson talespersonen borgmästare borgmästaren generaldirektör generaldirektören statsråd statsrådet landshövding statsminister utenriksminister talsmand talsmann borgmester burgemeester woordvoerder
""".split())  # fmt: skip
# How the names of offices end in languages that write them in one word.
BEFORE_ROLES = ("under-secretary", "sous-secrétaire", "vice-ministre", "vize-")
ROLE_ENDS = (
    "minister", "ministerin", "ministern", "sprecher", "sprecherin", "präsident", "präsidentin", "meister", "meisterin", "kanzler", "kanzlerin", "sekretär", "sekretärin", "direktor", "direktorin", "leiter", "leiterin", "kapitän", "kapitänin", "vorsitzender", "vorsitzende", "beauftragter", "beauftragte",
    "chef", "chefin", "geschäftsführer", "geschäftsführerin", "kommissar", "kommissarin", "botschafter", "botschafterin", "rådet", "direktören", "sekreterare", "sekreteraren", "chefen", "mästaren", "talsperson",
)  # fmt: skip
ELECTED = frozenset(
    "admiral ambassador captain chancellor colonel commissioner councillor councilor delegate general governor judge justice mayor minister premier president professor representative secretary senator sheriff speaker".split()
)  # what stands before a surname alone
# What an office is of, and what names of bodies hold: no part of a person's name.
BODIES = frozenset("""
affairs center centre cyber cyberspace infrastructure innovation telecommunications communications networks maritime marine strategy operations relations rights policy agency agriculture army assembly association authority bank board bureau business chamber city club college commerce commission committee community company conference congress convention cooperation corporation council country court culture data defence defense democratic department development
digital division economy education embassy energy environment europe exchange faculty federal federation finance fisheries force foreign forestry forum foundation fund government group guild health history home house housing industry information institute interior international justice kingdom labor labour land law league library local
media meeting ministry mission museum national nations navy network office organisation organization parliament party planning police ports post press programme public regional registry republic research royal school science secretariat security senate service services society sport state states statistics street summit survey technology
telegraph trade transport treasury tribunal tribune union united university water works world
affaires étrangères intérieur défense santé justice république chambre conseil économie finances éducation culture transports mer état
relaciones exteriores asuntos exterior interior defensa salud república hacienda pesca estado economía educación cultura
relações nacional câmara comissão defesa esteri interno difesa
auswärtigen äußeres inneres verteidigung wirtschaft finanzen amts amtes bundes republik
""".split())  # fmt: skip
# Before a role these belong to it in lower case too.
RANKS = frozenset(
    "acting chief current incoming outgoing co-ordinating communications consular cyber defence defense deputy district economic education energy executive finance fisheries foreign former government harbour harbor head health industry interior joint junior justice lead main managing ministry music naval operating police press prime principal provincial regional royal security senior shadow special state technology then trade transport vice".split()
)
HONORIFICS = frozenset(
    "mr mrs ms miss dr prof sir lady lord dame rev hon m mme mlle monsieur madame herr frau hr señor señora excellency honorable honourable sr sra don doña dona signor signora dott ing comrade".split()
)
PARTICLES = frozenset("von van de da do dos das des del della di du la le el al bin ben ibn ten ter der den af av zu y".split())
# in German these are articles and prepositions rather than parts of a name
THINGS = frozenset("account act election initiative pact treaty".split())  # no part of a name either
GERMAN_ARTICLES = frozenset("das den des zu".split())
GERMAN = frozenset("der die das und den dem des ein eine einen mit von zu im am ist hat sich nicht auch für bei nach".split())
# What a lower-case word before a name may not be: it heads the name of a house, or joins what follows to another
HOUSES = frozenset(
    "université universidad universidade università universität université hôpital hospital ospedale école escuela escola lycée journal periódico jornal giornale zeitung musée museo museu groupe grupo gruppo société sociedad association asociación fondation fundación institut instituto club parti partido partito entreprise empresa banque banco agence agencia studio company firm band team magazine newspaper municipio município comune".split()
)
JOINTS = frozenset(
    "et ou par avec encore y e o con por und oder sowie mit am beim im zum zur wie als and or with by as und och og i dei degli degl alla".split()
)
COMMON_ROLES = frozenset(
    "major general official principal prior elder master officer executive justice counsel head".split()
)  # mean something else in lower case before a name
# Words that open a headline's predicate in the third person: they end a name that stands before them.
PREDICATES = frozenset(
    "accuses addresses announces answers arrives asks attends backs blames calls chairs condemns declares defends delivers denies gives hails holds hosts insists launches leaves makes meets opens orders pays pledges praises promises proposes "
    "rejects replies resigns says sees sends signs speaks steps stresses takes talks tells unveils urges visits vows wants warns welcomes will wins writes".split()
)
SAID = (
    r"(?:said|says|told|tells|stated|states|added|adds|noted|notes|stressed|stresses|emphasized|emphasised|emphasizes|announced|announces|"
    r"explained|declared|claimed|claims|remarked|replied|responded|reiterated|pointed out|addresses|addressed|made the remarks)"
)
ALSO_SAID = (
    r"(?:argued|argues|warned|warns|insisted|insists|wrote|writes|asked|asks|answered|answers|complained|complains|recalled|recalls|urged|urges|promised|commented|observed|acknowledged|admitted|confirmed|concluded|called|defended|read|"
    r"a (?:dit|déclaré|indiqué|affirmé|rappelé|souligné|estimé|ajouté|annoncé|demandé|expliqué|précisé|répondu)|déclare|affirme|estime|souligne|rappelle|indique|précise|explique|accuse|"
    r"dijo|señaló|afirmó|anunció|recordó|declaró|preguntó|explicó|subrayó|aseguró|respondió|añadió|disse|afirmou|declarou|anunciou|ha detto|ha dichiarato|"
    r"sagte|sagt|erklärte|erklärt|betonte|teilte|kündigte|fügte|antwortete|warnte|hat (?:gestern |heute )?gesagt|sade|säger|sa|uppgav|zei|zegt|"
    r"заявил[аи]?|сообщил[аи]?|отметил[аи]?|сказал[аи]?|подчеркнул[аи]?|напомнил[аи]?|добавил[аи]?|ответил[аи]?|рассказал[аи]?|пояснил[аи]?)"
)
SPEECH_VERB = re.compile(rf"\b(?:{SAID}|{ALSO_SAID})\b")
# words after which an office's own words have ended
ENDS_OFFICE = frozenset(
    "who whom whose which that since when after before as until while has have had is was were are will would can could may said says told tells added warned argued announced noted stressed explained asked wrote urged called replied answered insisted spoke gave made met visited because but if he she they it "
    "qui que quien depuis a est était ha fue desde al der die das wird wurde hat seit который которая".split()
)
OFFICE_OF = frozenset(
    "of for at on to and in with the auprès chargé chargée das dos do da de du des la le les del los las el della di für der des von und im zum zur av för och i d l и по".split()
)
DEFINITE = frozenset("the le la l el il o der die das den dem".split())
DETERMINERS = DEFINITE | frozenset(
    "a an un une una uno um uma ein eine einer its their his her our your this former then en son sa ses leur notre votre sein seine ihr ihre unser unsere su sus suo sua".split()
)
COPULAS = frozenset("is was became remains est était es era fue ist war wurde является стал стала".split())
BEFORE_PLACES = frozenset("in at from of to near across outside on for by en à de dans em in aus bei nach в на из".split())


@remembered(1 << 14)
def is_role(word: str) -> bool:
    """True for a word that names an office.

    >>> [is_role(word) for word in ("Spokesperson", "Secretary-General", "Regierungssprecher", "porte-parole", "Ministers")]
    [True, True, True, True, False]
    """
    low = word.lower()
    return (
        low in ROLES
        or ("-" in low and (low.partition("-")[0] in ROLES or low.startswith(BEFORE_ROLES)))
        or (len(low) > 8 and low.endswith(ROLE_ENDS))
    )
