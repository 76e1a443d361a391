"""Spells out what people shorten when they type on a telephone ("jai", "g payé", "pr", "jsuis", "on ma volé")."""

import re

SPELLED_OUT = {
    "j ai": (
        r"jai|j ei|jay|gai|g(?= (?:ete|eu|fait|mis|pris|vu|dit|du|cru|recu|perdu|vendu|pas|rien|jamais|tout"
        r"|bien|\w{2,}[ei]e?s?)\b)"
    ),
    "je suis": r"jsuis|chuis|chui|j suis|jsui",
    "je ne suis": r"jnesuis",
    "je me suis": r"jme suis|jmsuis",
    "je sais pas": r"jsp|chais pas|jspa",
    "n ai": r"nai",
    "c est": (
        r"cest|c(?= (?:un|une|mon|ma|le|la|les|des|pas|vraiment|trop|moi|lui|elle|mort|arrive|du|pour"
        r"|flippant)\b)"
    ),
    "c etait": r"c t|ct|cetait|c ete|cete",
    "s est": (
        r"sest|c est(?= fait (?:avoir|arnaque|vole|pirate|hack|insult))|c(?= fait (?:avoir|arnaque|vole|pirate"
        r"|hack))"
    ),
    "qu il": r"quil|kil",
    "qu ils": r"quils|kils",
    "qu on": r"quon|kon",
    "quelqu un": r"qqn|qqun|qq un|quelquun|kelkun|qlqn",
    "quelque chose": r"qqch|qqc|kkchose",
    "y a": r"ya",
    "d argent": r"dargent",
    "l argent": r"largent",
    "pour": r"pr",
    "dans": r"ds",
    "tout": r"tt",
    "tous": r"ts(?= les)",
    "toujours": r"tjs|tjrs|tjr|toujour",
    "maintenant": r"mtn|mnt|mtnt|maint",
    "quand": r"qd|kan|kand",
    "message": r"msg|mess(?= de)",
    "messages": r"msgs",
    "parce que": r"pcq|parceque|psk|paske",
    "beaucoup": r"bcp",
    "rendez-vous": r"rdv",
    "telephone": r"(?<=mon )tel|(?<=son )tel|(?<=ton )tel|(?<=au )tel|(?<=par )tel|(?<=de )tel|telephon|bigo",
    "mot de passe": r"mdp|motdepasse",
    "qui": r"ki",
    "que": r"ke",
    "vous": r"vs",
    "nous": r"ns",
    "depuis": r"dpuis|depui|dps",
    "aujourd hui": r"ajd|auj|aujourdhui|ojd",
    "meme": r"mm",
    "vient": r"vien",
    "encore": r"encor|enkor",
    "pas": r"pa(?= (?:encor|ete|eu|recu|su|pu))",
    "il y a": r"ilya|il ya|il y as",
    "recu": r"ressu",
}
PATTERN = re.compile(
    r"(?<![\w@.-])(?:" + "|".join(f"(?P<w{i}>{words})" for i, words in enumerate(SPELLED_OUT.values())) + r")(?![\w@])"
)
SPELLINGS = list(SPELLED_OUT)
SHORT_JE = re.compile(r"(?<![\w@.-])j([bcdfghklmnpqrstvwxz][a-z]*[aeiouy][a-z]*)\b")
HAS_ME = re.compile(
    r"(?<![\w-])(on|il|elle|qui|ils|elles|banque|gars|type|mec|ca) (ma|mont|mon|la|lont|tas)(?= (?:\w+(?:e"
    r"|es|ee|it|is|u|us|i)|fait)\b)"
)
JOINED = {"ma": "m a", "mont": "m ont", "mon": "m ont", "lont": "l ont", "la": "l a", "tas": "t as"}


def spell_out(plain: str) -> str:
    """Return folded text with telephone shorthand in full words; the length changes."""
    text = PATTERN.sub(lambda m: SPELLINGS[int((m.lastgroup or "w0")[1:])], plain)
    text = SHORT_JE.sub(r"je \1", text)
    return HAS_ME.sub(_joined, text)


def _joined(match: re.Match[str]) -> str:
    subject, short = match.groups()
    if short == "mon" and subject not in {"ils", "elles"}:
        return match.group()
    if short == "la" and subject not in {"il", "elle", "on"}:
        return match.group()
    return f"{subject} {JOINED[short]}"
