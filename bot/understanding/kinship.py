"""Finds the people around the author that a story names ("ma fille", "mamy"), and what becomes of them in it."""

import re
from dataclasses import dataclass

from .folding import said_after, said_before

QUALITY = (
    r"(?:(?:petite?(?![ -](?:fils|enfants))|jeune|grande?(?![ -]?(?:mere|pere|parent))|vieux|vieille"
    r"|pauvre|propre|future?|meilleure?|cher|chere|seule?|premiere?) )?"
)
NOUNS = {
    "other": r"grand[ -]?meres?|grand[ -]?peres?|grands?[ -]parents|arriere[ -]\w+[ -]\w+|petit[ -]fils|petite-fille"
    r"|petits[ -]enfants|(?:beau|belle|demi)[ -](?:frere|s(?:oe|œ|o)ur|pere|mere|parents|famille)s?|beaux[ -]parents"
    r"|freres?|frangine?|s(?:oe|œ|o)urs?|soeurette|tantes?|tata|tatie|oncles?|tonton|cousine?s?|nieces?"
    r"|neveux?|filleule?s?"
    r"|marraine|parrain|mamies?|mamys?|mamie|papy|papi|bonne[ -]maman|bon[ -]papa|meme|pepe"
    r"|amie?|pote|voisine?s?|collegues?|colocataire|coloc|proprietaire|patiente?|protegee?|eleves?"
    r"|best|bff|belle[ -]soeur|locataire|compatriote|ex[ -]collegue|cliente?s?(?= agee)",
    "child": r"filles?(?! d attente)|fils|fistons?|fifille|gamine?s?|enfants?|ados?|aine[e]?|cadette?s?|benjamine?"
    r"|garcons?|gosses?"
    r"|puce|loulou|bambin|beau[ -]fils|belle[ -]fille|petite?(?= (?:a|s|de \d|se|n|vient)\b)|jumea\w+|jumelles|bebe",
    "partner": r"femme|mari|epouse?x?|epoux|compagnon|compagne|conjointe?|copain|copine|partenaire|meuf|nana|cherie?"
    r"|fiancee?|moitie|homme|mec"
    r"|amoureux|cohabitante?",
    "parent": r"meres?|peres?|parents|mamans?|papas?|daron|daronne|vieux parents|paternel|mama",
}
BARE = {"parent": r"maman|papa", "other": r"mamy|mamie|papy|papi|bonne[ -]maman|bon[ -]papa"}
FAMILIAR = r"amie?|pote|voisine?|collegue|cousine?|connaissance|proche|patiente?|copine|copain|tante|eleve"
OWNED = "|".join(f"(?P<{role}>{words})" for role, words in NOUNS.items())
BARE_ONES = "|".join(f"(?P<bare_{role}>{words})" for role, words in BARE.items())
PERSON = re.compile(
    rf"(?<![\w-])(?:(?:ma|mon|mes|notre|nos|m) {QUALITY}(?:{OWNED})"
    rf"|une? (?:de mes |tres bonne? |vieille |bonne? |vieil |jeune )?(?P<familiar>{FAMILIAR})s?(?= (?:a moi"
    rf"|qui|a|s est|de \d|m)\b|,| \()"
    rf"|(?:{BARE_ONES}))(?![\w-])"
)
FORMER = re.compile(r"\b(?:mon|ma|mes|notre) (?:ex|ancien(?:ne)?)\b")
AGED = (
    r"(?:,? ?(?:qui (?:a|n a que|est)|agee? de|de|a|\()? ?\d{1,3} ans(?: et demi)?\)?,?| \([^)]{1,25}\)"
    r"| [a-z]+(?=,| (?:a|s|se|est|ne|n|vient|recoit|qui)\b)| [a-z]+,? (?:de )?\d{1,3} ans,?"
    r"|,(?: [\w-]+){1,4},(?= (?:a|s|se|est|recoit|ont|n|fait)\b))?"
)
PRETENDED = re.compile(
    r"(?:passe\w* pour|passant pour|soi[ -]disant|soit disant|sois[ -]disant|pretend\w*(?: etre)?"
    r"|pretendu\w*|imit\w+|(?:dis\w+|croyai\w+|croire|cru|pens\w+)"
    r" (?:que )?(?:c est|c etait|etre|que|a)|c etait|faux|fausse|de la part d[eu]|signe|au nom de ma(?= maman)"
    r"|(?:salut|coucou|bonjour|hello|allo|dear))[ :«\"]*$"
)
BENEFICIARY = re.compile(
    r"\b(?:cadeau|cadeaux|surprise|anniversaire|noel|communion|mariage|naissance|offrir|commande\w*"
    r"|achete\w*|pris|paye\w*|reserve\w*|commander|acheter)"
    r"(?: [^.!?\n]{0,50})? (?:pour|a|de|avec) $|(?:grace a|avec|sans|devant|a cote de|chez|heureusement"
    r"|merci a|par|ni|ou|d apres|selon|et) $"
)
BYSTANDER = re.compile(
    AGED + r",?(?: qui| elle| il)? (?:ne |n )?(?:(?:m |me |nous |m en )(?!\w+ menac)\w+|sait|savent|dit|disent"
    r"|pense que|trouve que|croit que|rigole|rit|se moque"
    r"|est (?:pas |furieu\w+|fache\w*|en colere|informaticien\w*)|va me|vont me|informaticien\w*"
    r"|travaille (?:a|chez)|conseille|a dit que|a remarque"
    r"|a vu (?:que|le|la|l)|a trouve bizarre|tombe dessus|l apprenn?e|decouvre"
    r"|(?:est|etait|sont|etaient) (?:assise?s?|couchee?s?|a cote|avec moi|la|pres de moi)|peut (?:temoigner"
    r"|confirmer)|attend avec|est temoin|a (?:mis|laisse) un commentaire)\b"
)
AGGRESSOR = re.compile(
    AGED + r",?(?: qui| elle| il)? (?:ne |n |a |ont |a deja |avait |continue (?:de|a) |arrete pas de |veut "
    r"|s amuse a )*(?:me |m |nous |l )?(?:menac\w+|insult\w+|harcel\w+|balanc\w+|publi\w+"
    r"|post\w+|espionn\w+|surveill\w+|diffus\w+|racont\w+|diffam\w+|denigr\w+|fouill\w+|cre[ez]\w*"
    r"|affich\w+|partag\w+|utilis\w+ m(?:on|a|es)|frapp\w+|y est mis\w*|rackett\w+"
    r"|possede|detient|install\w+ (?:un|une)? ?(?:\w+ )?(?:espion|traceur|logiciel|mouchard))\b"
)
SUFFERS = re.compile(
    AGED + r"(?:,? (?:qui|elle|il|aussi|ils))*,?(?: vient"
    r"| viennent)?(?: de)?(?: a failli)? ?(?:\w+ ){0,2}?(?:(?:s est|se sont|se|s) (?:\w+ )?(?:fai\w+"
    r"|trouv\w+|retrouv\w+|laiss\w+)"
    r"|(?:est|sont|etait|etaient|a ete|ont ete|a deja ete) (?:\w+ ){0,2}?(?:victime|harcel|insult|menac"
    r"|cible|tomb|moqu|pirat|arnaqu|humili|terroris|manipul|trait|pieg|contact|appel"
    r"|debit|vis|abus|tromp|rackett|souffre|exclu|filme|escroq|hack|demarch|intimid|sous l emprise|bloqu"
    r"|en larmes|en panique|paniqu|effondr|inconsol)\w*"
    r"|(?:fait l objet|recoit|recoivent|recu|recevoir|subit|subissent|subi|perdu|cru|panique|pleure"
    r"|croyait|pensait|souffre|ne dort|dort plus|ne mange"
    r"|n ose plus|ose plus|n arrive plus|veut (?:plus|mourir)|souffre-douleur|desespere)\b)"
)
ACTS = re.compile(
    AGED + r"(?:,? (?:qui|elle|il|ils|aussi|etudiante?|retraitee?|mineure?))*,? (?:a (?!cote|la |l |mon |ma |mes "
    r"|bout|peine|charge|propos)|ont |avait |avaient |vient de |vient d |n a |n ont |en a |y a |l a "
    r"|lui a "
    r"|s est |s etait |(?:\w+ )?(?:vend\w*|met\w*|voulait|veut|cherch\w+|attend\w*|commande|porte|paie"
    r"|paye|possede|utilise|joue|trouve|clique|donne|parle|discut\w+))"
)
POSSESSES = re.compile(
    r"\b(?P<thing>comptes?|profils?|cartes?|insta\w*|facebook|fb|whatsapp|snap\w*|mails?|photos?|fotos?"
    r"|avis|nudes?|images?|videos?|gsm|pc|ordi\w*|tiktok|boite(?: mail)?|identite|argent"
    r"|telephone|numero|adresse|nom|visage|tablette|portable|messagerie|economies|pension|livret|epargne"
    r"|signature|netflix|spotify|vinted|smartphone|iphone|ipad|laptop|playstation|xbox|switch|console"
    r"|drone|velo|voiture|vtt"
    r"|donnees|dossier|coordonnees|digipass|itsme|codes?|mutuelle|hopital|domicile|maison|appartement"
    r"|mot de passe|nu|montage|voix|sim|contrat|colis|paquet|commande)"
    r"(?: [\w-]+){0,2} (?:d[e ]|a) ?$"
)
GENERIC_OF = re.compile(r"\w d[e ] ?$")
TOUCHED = re.compile(
    r"\b(?:insult\w+|harcel\w+|menac\w+|arnaqu\w+|escroqu\w+|humili\w+|intimid\w+|denigr\w+|traite\w*"
    r"|vise\w*|s en pren\w+ a|moqu\w+ de|rackett\w+"
    r"|cibl\w+|diffam\w+|contact\w+|appel\w+|demol\w+|traqu\w+|suit|poursui\w+|tromp\w+|pieg\w+|manipul\w+"
    r"|pousse|frapp\w+|filme\w*|drague\w*|oblige\w*|forc\w+|ajoute"
    r"|fait chanter|fait croire a|accuse\w*|exclu\w*|pirat\w+|hack\w+|terroris\w+|embete\w*|baratin\w+"
    r"|convaincu|persuade|demarch\w+|sollicit\w+|sonne|telephone)"
    r"(?: aussi| encore| sans cesse| tous les jours)? (?:a |chez )?$"
    r"|\b(?:pris|vole|soutire|demand\w+|envoy\w+|envoi\w+|extor\w+|ecri\w+|reclam\w+|debite|promis|vendu"
    r"|fait croire|fait peur|retir\w+|vide|fait \w+|install\w+|propos\w+|preleve|extirpe|telephone|arrive"
    r"|arrivee|dit)"
    r"(?: [\w€.,]+){0,6} (?:a|chez|sur le compte de) (?:la )?$"
    r"|\b(?:contre|a propos de|au sujet de|sur le dos de|au nom de|visant|a l encontre de|victime est"
    r"|victimes sont|concerne|il s agit de|c est|vers|rumeurs? sur|(?:compte|profil)[^.!?]{0,40} comme"
    r"|arrive a|arrivee? chez) $"
)
SPEAKS_FOR = re.compile(
    r"\b(?:ecris|contacte|appelle|demande|c est|declaration|message|viens)(?: \w+)? (?:pour|au nom de"
    r"|a la place de|de la part de) $"
)
AGAINST_ME = re.compile(
    r"(?: \w+){1,6} (?:sur|dans|contre|avec) (?:mon|ma|mes)|(?: \w+){1,3} (?:mon|ma|mes) (?!nom |tour |gsm )"
)
WRITES_FROM = re.compile(
    r"\becri\w*(?: \w+)? (?:du|depuis|avec|sur|de) (?:\w+ )?(?:gsm|pc|ordi\w*|telephone|compte|adresse"
    r"|mail|portable|tablette) d[e ] ?$"
)
OF_A_GROUP = re.compile(r"\b(?:ecole|classe|prof\w*|club|medecin|amie?s?|copains|copines|entreprise|patron)\b")
HEAD = 45  # characters in which "la playstation de mon fils" opens a story and names whom it is about
BY_ME = re.compile(r"\b(?:j|je|j ai|on|nous|j en) (?:\w+ ){0,3}$")


@dataclass(frozen=True)
class Person:
    """A person named in the text and how much speaks for their being the victim (0 nothing, 4 as good as said)."""

    relation: str
    start: int
    end: int
    weight: int


def find_people(plain: str) -> list[Person]:
    """Return the author's people named in folded text, in order; those imitated, attacking or only near weigh 0."""
    found = []
    for match in PERSON.finditer(plain):
        relation = (match.lastgroup or "other").removeprefix("bare_").replace("familiar", "other")
        found.append(Person(relation, *match.span(), _weight(plain, match)))
    return found


def _weight(plain: str, match: re.Match[str]) -> int:
    before = said_before(plain, match.start(), 80)
    after = said_after(plain, match.end(), 110)
    if PRETENDED.search(before) or FORMER.match(match.group()):
        return 0
    touched = TOUCHED.search(before)
    by_me = touched is not None and bool(BY_ME.search(before[: touched.start()]))
    if SPEAKS_FOR.search(before) or (touched and not by_me):
        return 4
    if BENEFICIARY.search(before):
        return 0
    if GENERIC_OF.search(before):
        return _weight_of_owner(before, match.start())
    return _weight_of_doer(after, by_me)


def _weight_of_doer(after: str, by_me: bool) -> int:
    """Weigh a person by what the words after say of them: suffers, looks on, attacks, acts."""
    if SUFFERS.match(after):
        return 4
    if BYSTANDER.match(after) or AGGRESSOR.match(after) or AGAINST_ME.match(after):
        return 0
    return 3 if ACTS.match(after) and not by_me else 0


def _weight_of_owner(before: str, start: int) -> int:
    """Weigh the owner of something: "le compte de mon mari" says more than "l'école de mes enfants"."""
    if WRITES_FROM.search(before):
        return 0
    if POSSESSES.search(before):
        return 3
    return 3 if start < HEAD and not OF_A_GROUP.search(before) else 1
