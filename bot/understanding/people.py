"""Tells who the person touched by the incident is."""

import re

from .folding import said_before

RELATIVES = {
    "child": r"(?:ma |mon |notre |nos |mes )(?:petite? |jeune |grande? )?(?:filles?|fils"
    r"|fiston|gamine?s?|enfants?|ados?|petite?|aine[e]?|cadette?|fifille|garcons?"
    r"|beau-fils|belle-fille|gosses?|puce|loulou)",
    "partner": r"(?:ma |mon )(?:futur[e]? )?(?:femme|mari|epouse?x?|epoux|compagnon|compagne"
    r"|conjointe?|copain|copine|partenaire|cherie?|fiancee?|moitie)",
    "parent": r"(?:ma |mon |mes |notre )(?:pauvre |vieille |vieux )?(?:mere|pere|parents|maman|papa|mamy poule)",
    "other": r"(?:ma |mon |une? |notre )(?:petite? |grande? |meilleure? |vieille |vieux "
    r"|pauvre )?(?:grand[ -]?meres?|grand[ -]?peres?|mamie|mamy|papy|bonne[ -]maman"
    r"|bon[ -]papa|freres?|s(?:oe|œ|o)urs?|amie?s?|potes?|voisine?s?|collegues?"
    r"|cousine?s?|tantes?|tata|oncles?|tonton|neveux?|nieces?|marraine|parrain"
    r"|filleule?|beau[ -]pere|belle[ -]mere|beau[ -]frere|belle[ -]s(?:oe|œ|o)ur"
    r"|petit[ -]fils|petite[ -]fille|colocataire|coloc)",
}
NOUN = re.compile(r"(?<!\w)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in RELATIVES.items()) + r")(?!\w|-)")
AGED = r"(?:,? ?(?:qui a |de |agee? de |\()?\d{1,3} ans\)?,?| \w+(?=,? ?(?:qui a |de )?\d{1,2} ans)| \([^)]{1,20}\))?"
SUFFERED = (
    r"(?: aussi| elle| il|,| qui)*(?: [a-z]+)? ?(?:(?:s est|se sont|se|vient de se"
    r"|c est|a pu se|ses) (?:\w+ )?(?:fai\w+|trouv\w+|retrouv\w+)"
    r"|(?:vient de |vient d |a |ont |n a |avait |avaient )(?:\w+ )?(?:eu|recu"
    r"|recevoir|paye\w*|clique\w*|donne\w*|command\w+|ete|achete\w*|acheter|perdu"
    r"|subi\w*|envoye\w*|verse\w*|vire\w*|cru|encode|transfere|vendu|installe"
    r"|commence a recevoir|craque|rencontre|telecharge|scanne|rempli)"
    r"|(?:est|sont|etait|etaient)(?: \w+)? (?:victimes?|harcele\w*|insulte\w*"
    r"|menace\w*|la cible|tombee?s?|cible\w*|moque\w*|pirate\w*|arnaque\w*|humilie\w*"
    r"|terrorise\w*|manipule\w*|traitee?)"
    r"|(?:recoit|recoivent|subit|subissent|attend|n a (?:jamais|pas|rien|toujours)"
    r"|a (?:toujours|jamais) (?:rien|pas)|n arrive plus|ne sait plus)"
    r"|(?:veut|voulait|pense a|parle de|menace de) (?:mourir|se tuer|en finir|se suicider))"
)
TOUCHED_BY = re.compile(
    r"(?:\b(?:insult\w+|harcel\w+|menac\w+|arnaqu\w+|pirat\w+|escroqu\w+|humili\w+"
    r"|hack\w+|intimid\w+|denigr\w+|victime|traite\w*|vise\w*|s en prend a|s en prennent a"
    r"|moqu\w+ de|rackett\w+|cibl\w+|diffam\w+)(?: \w+)? "
    r"|\b(?:pris|vole|soutire|demande|envoye|envoient|envoie|extorque|ecrit|ecrivent"
    r"|reclame|debite|promis|vendu|appele|telephone|fait croire|fait peur)(?: [\w€.,]+){0,6} a (?:la )?"
    r"|\b(?:comptes?|profils?|cartes?|insta\w*|facebook|fb|whatsapp|snap\w*|mails?"
    r"|mail|photos?|nudes|images?|videos?|gsm|pc|ordi\w*|tiktok|boite mail|identite"
    r"|faux compte|argent|telephone|numero|adresse)(?: [\w-]+){0,2} d[e ] ?"
    r"|\b(?:photos?|videos?|insultes?|rumeurs?|propos|commentaires?|groupe|page"
    r"|messages? (?:horribles?|haineux|contre))(?: \w+){0,4} (?:sur|contre|au nom de"
    r"|a propos de|a) "
    r"|\b(?:arrive|arrive a|pour) )$"
)
PRETENDED = re.compile(
    r"(?:passer pour|au nom de|soi[ -]disant|sois[ -]disant|pretend\w*(?: etre)?"
    r"|imit\w+|disant que(?: c est| c etait)?|c etait|faux|fausse|croyant (?:que c etait"
    r"|aider)|de la part de|signe|cadeau (?:pour|a)|anniversaire de|avec|grace a"
    r"|pour l anniversaire de|pour) $"
)
MY_MONEY_FOR = re.compile(
    r"\b(?:command\w+|achet\w+|pay\w+|cadeau|offrir|acheter|pris|reserv\w+)\b[^.!?\n]{0,50}\bpour $"
)
SELF = re.compile(
    r"\b(?:m (?:a|ont|avait|avaient|insulte\w*|harcel\w*|menac\w+|envoie\w*|ecri\w+"
    r"|appel\w+|arnaqu\w+|a ete)|me (?:suis|menac\w+|harcel\w+|insult\w+|reclam\w+"
    r"|demand\w+|fai\w+|trait\w+|veut|soutir\w+|sui[tv]\w*|contact\w+|spam\w*"
    r"|dit|font|pourri\w*|denigr\w+|fait chanter|bombard\w+|debit\w+|prel\w+"
    r"|propos\w+|pirat\w+)"
    r"|j ?ai|j (?:ai|avais|attends|etais|ose)|je (?:n ai|suis|ne|me|recois|l ai"
    r"|viens|voulais|pensais|sais|vois|vendais|vends|lui ai|leur ai|les ai|recevais"
    r"|subis|devais|croyais|reçois|tombe|clique|paie|paye)|mon (?:compte|profil"
    r"|colis|mail|gsm|pc|ordi\w*|argent|insta\w*|facebook|fb|identite|whatsapp"
    r"|mot de passe|telephone|ex|paquet|nom|adresse|visage|portable|snap\w*)"
    r"|ma (?:carte|commande|boite|messagerie|page|photo|banque|vie|chaine|pc)"
    r"|mes (?:photos?|donnees|comptes?|messages|contacts|infos?|economies|coordonnees"
    r"|mails|mots de passe|amis)|ma (?:visa|mastercard)|je perds?|contre moi"
    r"|sur moi|moi)\b"
    r"|(?:^|[.!?\n] ?)(?:bonjour |salut |hello |bonsoir |hey )?[, ]*(?:recu|(?:colis |article )?commande"
    r"|achete|paye|arnaquee?|piratee?|insultee?|harcelee?)\b(?! (?:zalando|amazon))"
)


def read_victim(plain: str) -> str | None:
    """Return self, child, partner, parent or other, or None where the story does not say."""
    for match in NOUN.finditer(plain):
        before = said_before(plain, match.start(), 80)
        if PRETENDED.search(before) and not TOUCHED_BY.search(before.removesuffix("pour ")):
            continue
        if MY_MONEY_FOR.search(before):
            continue
        rest = plain[match.end() : match.end() + 90]
        if re.match(AGED + SUFFERED, rest) or TOUCHED_BY.search(before):
            return match.lastgroup
    return "self" if SELF.search(plain) else None


def person_named(plain: str) -> str | None:
    """Return who a short answer names ("ma fille", "moi"), or None."""
    match = NOUN.search(plain) or NOUN.search("ma " + plain) or NOUN.search("mon " + plain)
    if match:
        return match.lastgroup
    if re.search(r"\b(?:moi(?:[ -]meme)?|je|c est moi|me concerne)\b", plain):
        return "self"
    return "other" if re.search(r"\b(?:quelqu un|une autre|autre personne|un tiers|proche)\b", plain) else None
