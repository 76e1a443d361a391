"""Tells who the person touched by the incident is."""

import re

from .kinship import Person, find_people

HURT_ME = re.compile(
    r"\b(?:je (?:me suis|me) (?:\w+ )?(?:fait|fais|retrouve|laisse)\w*|on m (?:a|avait)|ils? m (?:a"
    r"|ont) (?:\w+ )?(?:vole|pris|debit|prelev|arnaqu|escroqu|pirat|fait (?:payer|virer|installer|verser"
    r"|croire))\w*"
    r"|m (?:a|ont) (?:\w+ )?fait (?:payer|virer|installer|verser|croire|transferer|acheter)|m (?:a"
    r"|ont) (?:\w+ )?(?:arnaqu|vole|pirat|debit|prelev|escroqu|insult|menac|harcel|traite|rackett|hack"
    r"|soutir|bloque|refile)\w*"
    r"|me (?:menac|harcel|insult|traite|rackett|fait chanter|font chanter|suit|reclame|spam|bombard"
    r"|persecut|humili|poursui)\w*"
    r"|contre moi|mes nudes|mes economies|mon argent|ma carte (?:a ete|est)|mon compte (?:a ete|est|s est|vient))\b"
)
I_PAID = re.compile(
    r"\b(?:j ai|nous avons|j en ai|je lui ai|je leur ai|j avais|je viens d[e ]"
    r"|j y ai)(?: \w+){0,2} (?:paye|verse|vire|perdu|clique|encode|commande|achete|investi|donne|envoye"
    r"|depense"
    r"|introduit|transfere|installe|vendu|reserve|valide|craque|fait (?:un|le|une|des) (?:virement"
    r"|paiement|transfert|achat))\w*\b"
)
FIRST_PERSON = re.compile(
    r"\b(?:j|je|me|m|moi|mon|ma|mes|nous|notre|nos)\b(?! (?:dames?|sieur|amour))"
    r"|(?:^|[.!?\n] ?)(?:bonjour|salut|hello|bonsoir|hey|coucou|svp)?[, !.]*(?:recu|(?:colis "
    r"|article )?commande|achete|paye|vendu|perdu|vu|clique|donne|vire|arnaquee?|piratee?|insultee?"
    r"|harcelee?)\b"
)
ELLIPTIC = re.compile(
    r"(?<!a )(?<!ont )(?<!ete )(?<!est )(?<!la )(?<!ma )(?<!une )\b(?:commande|paye|achete|vire|verse"
    r"|debite|pris)e?s?(?= (?:le|la|les|un|une|des|chez|sur|par|\d|via|avant|hier|dans|ds|il|y a)\b)"
)
CONTINUED = re.compile(
    r"(?:[.!?,;\n]|\b(?:et|mais|puis|donc|car|qu|que|quand|alors|ou)) ?(?:\w+ ){0,2}?(?:il|elle|ils|elles|lui|leur)"
    r" (?:(?:ne|n|se|s|y|en|lui|a|ont) )*(?:avait|etait|allait|est|veut|voulait|pleure|refuse|vit|dort|ose|"
    r"panique|jure|habite|a|ont|sait plus|trouve|recoit|recu|paie|dit rien|mange|command\w+|donne|clique"
    r"|paye|vers\w+|encod\w+|perdu|demande|sert|tient|croyai\w+|pensai\w+)\b"
)
SURE = 3


def read_victim(plain: str) -> str | None:
    """Return self, child, partner, parent or other, or None where the story does not say."""
    people = find_people(plain)
    best = max(people, key=lambda person: (with_what_follows(plain, person), -person.start), default=None)
    weight = with_what_follows(plain, best) if best else 0
    mine = _self_weight(plain)
    if best and weight >= SURE and (weight > mine or (weight == mine and not _self_first(plain, best))):
        return best.relation
    return "self" if _speaks_of_self(plain, people) else None


def with_what_follows(plain: str, person: Person) -> int:
    """Count "il n'a rien commandé" after "mon mari" for the man."""
    follows = CONTINUED.search(plain, person.start)
    return person.weight + (1 if follows and person.weight else 0)


def _self_weight(plain: str) -> int:
    if HURT_ME.search(plain):
        return 4
    return 3 if I_PAID.search(plain) else 1


def _self_first(plain: str, person: Person) -> bool:
    told = I_PAID.search(plain) or HURT_ME.search(plain)
    return bool(told and told.start() < person.start)


def _speaks_of_self(plain: str, people: list[Person]) -> bool:
    """Tell whether the first person occurs other than in the name of a relative ("ma fille")."""
    if ELLIPTIC.search(plain) and not any(person.weight >= SURE for person in people):
        return True
    starts = [person.start for person in people]
    return any(match.start() not in starts for match in FIRST_PERSON.finditer(plain))


def person_named(plain: str) -> str | None:
    """Return who a short answer names ("ma fille", "moi"), or None."""
    named = find_people(plain) or find_people("ma " + plain) or find_people("mon " + plain)
    if named:
        return named[0].relation
    if re.search(r"\b(?:moi(?:[ -]meme)?|je|c est moi|me concerne)\b", plain):
        return "self"
    return "other" if re.search(r"\b(?:quelqu un|une autre|autre personne|un tiers|proche)\b", plain) else None
