"""Tells what a message says of the persons in it: a writer under age, who is feared, what the danger is."""

import re
from dataclasses import dataclass

from .folding import fold
from .numbers import digits_for_words

ADULT_AGE = 18
AGE = re.compile(
    r"\b(?:j ?ai|je|g|je suis age[e]? de|moi|age ?:) (?:que |seulement |juste |bientot )?(?P<age>\d{1,2})"
    r" ?(?:ans|piges)\b"
)
NOT_AN_AGE = re.compile(r" ?(?:d anciennete|d experience|de (?:mariage|carriere|maison|contrat))")
PUPIL = re.compile(
    r"\b(?:je suis (?:encore |toujours )?(?:mineure?|(?:une? )?(?:ado|enfant|eleve)|collegien\w*|lyceen\w*"
    r"|au college|au lycee"
    r"|en (?:[1-6] ?(?:e|eme|ere)|premiere|deuxieme|troisieme|quatrieme|cinquieme|sixieme|rhetos?|secondaire|primaire))"
    r"|ma (?:prof|classe|maitresse)(?! de (?:yoga|danse|sport))|mon (?:prof|instit|titulaire de classe)"
    r"|(?:dans|de) ma classe|a l ecole (?:ils|elles|on|tout le monde) )\b"
)
GROWN_UP = re.compile(
    r"\b(?:je suis (?:\w+ )?(?:sa|son|la|le|leur) (?:maman|mere|papa|pere|tutrice?|tuteur|parent)|c est (?:sa"
    r"|la) (?:maman|mere)"
    r"|c est (?:son|le) (?:papa|pere)|je suis (?:adulte|majeure?|(?:une? )?prof\w*|directrice|directeur|educat\w+)"
    r"|(?:ma|mon|mes|notre|nos) (?:\w+ )?(?:fille|fils|enfants?|ado|gamine?|petite[ -]fille|petit[ -]fils))\b"
)
CLOSE = (
    r"(?:mon|ma) (?:ex|mari|femme|compagnon|compagne|copain|copine|conjointe?|mec|partenaire|petit ami|petite amie"
    r"|ex[ -](?:mari|femme|copain|copine|compagnon|compagne|conjoint))"
)
AT_HOME = r"(?:mon|ma) (?:pere|mere|beau[ -]pere|belle[ -]mere|frere|soeur|oncle|tante|papa|maman|colocataire|coloc)"
DOES_HARM = (
    r"(?:menac\w+|frapp\w+|tap\w+|bat(?:tu\w*)?|etrangl\w+|viol\w+|harcel\w+|surveill\w+|espionn\w+|insult\w+|suit"
    r"|traque\w*"
    r"|terroris\w+|fait peur|fait (?:\w+ )?du (?:mal|chantage)|fait chanter|me (?:touche|force)"
    r"|tuer|enferm\w+|control\w+|diffus\w+|publi\w+|peur)"
)
HARM_BY_PARTNER = re.compile(
    rf"\b{CLOSE}\b[^.!?\n]{{0,60}}\b{DOES_HARM}|\bpeur (?:de|d) {CLOSE}\b|\b{DOES_HARM} par {CLOSE}\b"
)
HARM_AT_HOME = re.compile(
    rf"\b{AT_HOME}\b[^.!?,\n]{{0,60}}\b{DOES_HARM}|\bpeur (?:de|d) {AT_HOME}\b|\b{DOES_HARM} par {AT_HOME}\b"
)
SUICIDE = re.compile(
    r"\b(?:mour+ire?|creve[r]?|sui[cs]+id\w*|en finir|(?:me|m|se|s) (?:tuer?|pendre|pends|flingue[r]?|bute[r]?"
    r"|supprimer|jeter|scarifi\w+"
    r"|mutil\w+|coupe[r]?|faire du mal)|veines|medicaments|cachets|comprimes|adieu|mes jours|ses jours"
    r"|envie de vivre|de vivre"
    r"|plus vivre|exister|sans moi|idees noires|disparaitre|sauter|la mort)\b"
)
VIOLENCE = re.compile(
    r"\b(?:menac\w+|(?:va|veut|veulent|vont|ira) (?:me|te|la|le|nous|vous) (?:tuer|buter|frapper|retrouver|planter"
    r"|violer|crever)"
    r"|frapp\w+|couteau|arme|pistolet|fusil|viol\w*|tabass\w+|etrangl\w+|agress\w+|battu[e]?|(?:chez|devant) (?:moi"
    r"|nous|ma porte|la porte)"
    r"|enlev\w+|sequestr\w+|me suit|du mal a|defonc\w+|coups?|gifle\w*|rejoindre|rencontrer|en danger)\b"
)


@dataclass(frozen=True)
class Danger:
    """What endangers a life, as far as the words tell; neither means that it is not clear."""

    suicide: bool
    violence: bool
    partner: bool  # the violence comes from a partner or ex-partner


def read_danger(text: str) -> Danger:
    """Return what the danger is, so that the numbers fit; only asked of a message that tells of one."""
    plain = digits_for_words(fold(text))
    partner = bool(HARM_BY_PARTNER.search(plain))
    return Danger(bool(SUICIDE.search(plain)), partner or bool(VIOLENCE.search(plain)), partner)


def is_minor_writing(text: str) -> bool:
    """Tell whether the writer says, or lets clearly see, that they are under 18."""
    plain = digits_for_words(fold(text))
    told = [int(m["age"]) for m in AGE.finditer(plain) if not NOT_AN_AGE.match(plain, m.end())]
    if any(told):
        return any(6 < age < ADULT_AGE for age in told)
    return bool(PUPIL.search(plain)) and not GROWN_UP.search(plain)


def is_adult_writing(text: str) -> bool:
    """Tell whether the writer says that they are a parent or an adult."""
    plain = digits_for_words(fold(text))
    told = [int(m["age"]) for m in AGE.finditer(plain) if not NOT_AN_AGE.match(plain, m.end())]
    return any(age >= ADULT_AGE for age in told) or (not told and bool(GROWN_UP.search(plain)))


def fears_someone_close(text: str) -> bool:
    """Tell whether a partner, an ex or someone of the household does the harm: a shared mailbox is no safe place."""
    plain = fold(text)
    return bool(HARM_BY_PARTNER.search(plain) or HARM_AT_HOME.search(plain))


def fears_family(text: str) -> bool:
    """Tell whether a parent or relative at home does the harm: not the adult to confide in."""
    return bool(HARM_AT_HOME.search(fold(text)))
