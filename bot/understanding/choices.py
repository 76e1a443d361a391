"""Reads which of several choices a short answer means."""

import re
from collections.abc import Callable, Mapping

from .channels import channel_named
from .folding import fold
from .means import means_named
from .people import person_named

NOTHING = re.compile(
    r"^(?:non|rien|aucune?(?! (?:idee|souvenir))|pas de|je n ai rien|j ai rien|rien du tout|nada|personne)\b"
    r"|\brien(?: n a ete| du tout| ete)? (?:paye|verse|perdu|donne)\b|\brien du tout\b"
)
AUTHOR = {
    "household": r"vit (?:avec|chez) (?:moi|nous)|habite (?:avec|chez) (?:moi|nous)|sous (?:mon"
    r"|le meme) toit|colocataire|coloc|(?:mon|ma) (?:frere|soeur|fils|fille|mere"
    r"|pere|beau[ -]pere|belle[ -]mere)|cohabitant",
    "partner": r"ex|mon (?:mari|compagnon|copain|conjoint)|ma (?:femme|compagne|copine|conjointe)"
    r"|partenaire|ex[ -](?:mari|femme|copain|copine|compagnon|compagne)",
    "anonymous": r"anonymes?|faux (?:comptes?|profils?)|comptes? (?:bidons?|fakes?)|pseudo|profil (?:anonyme"
    r"|bidon|fake)|fake|plusieurs comptes|numero masque|numero prive",
    "acquaintance": r"collegue|voisine?|amie?|pote|camarade|connais(?:sance)?|cousine?|copine? de classe"
    r"|eleves?|classe|ancien\w*|patron|chef|client\w*|quelqu un que je connais"
    r"|prof|oui|famille|oncle|tante",
    "unknown": r"inconnue?s?|non|personne|etranger|connais pas|jamais vu|aucune idee|je ne sais pas"
    r"|sais pas|arnaqueurs?|escrocs?|pas du tout",
}
DEVICE = {
    "tablet": r"tablettes?|ipad|tab",
    "phone": r"gsm|telephone|smartphone|iphone|portable|samsung|android|mobile|huawei|xiaomi|galaxy|tel",
    "computer": r"ordi\w*|pc|laptop|mac\w*|imac|macbook|windows|portable hp|chromebook|bureau",
    "other": r"autre|montre|tv|tele\w*|televiseur|console|ps\d|playstation|xbox|switch"
    r"|camera|routeur|modem|box|imprimante|alexa|nas",
}
EXPOSED = {
    "identity_document": r"cartes? d identite|carte id|ci|passeport|eid|piece d identite|papiers"
    r"|permis(?: de conduire)?"
    r"|titre de sejour|identite",
    "bank_details": r"banque|bancaires?|carte(?! d)|visa|mastercard|iban|compte|numero de carte"
    r"|bancontact|rib|cvv|cvc",
    "password": r"mots? de passe|mdp|codes?|pin|digipass|itsme|identifiants?|login|acces|password",
    "personal_details": r"nom|prenom|adresse|telephone|numero|gsm|mail|date de naissance|coordonnees"
    r"|donnees personnelles|registre national|photos?|infos? perso\w*",
    "nothing": r"rien|aucune?|non|nada|pas donne",
}
type Lexicon = Mapping[str, str]


def _from(lexicon: Lexicon) -> Callable[[str], str | None]:
    """Build a reader that returns the first entry whose words occur."""
    patterns = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for name, words in lexicon.items()}
    return lambda plain: next((name for name, pattern in patterns.items() if pattern.search(plain)), None)


def _author(plain: str) -> str | None:
    if re.search(
        r"\b(?:connais|sais|vois) (?:vraiment )?pas\b|\bpas (?:la )?moindre\b|\bjamais (?:vu"
        r"|rencontre)\b",
        plain,
    ):
        return "unknown"
    return _AUTHOR(plain)


_AUTHOR = _from(AUTHOR)
READERS: Mapping[str, Callable[[str], str | None]] = {
    "payment_means": means_named,
    "contact_channel": channel_named,
    "victim": person_named,
    "author_known": _author,
    "device": _from(DEVICE),
    "data_exposed": _from(EXPOSED),
}


def read_choice(field: str, choices: Mapping[str, str], plain: str) -> str | None:
    """Return the id of the choice that folded text means: by id, number, label or the field's everyday words."""
    spoken = plain.strip(" .,!?;:()«»\"'")
    by_label = {fold(label).strip(): choice for choice, label in choices.items()}
    by_id = {fold(choice): choice for choice in choices}
    if spoken in by_id or spoken in by_label:
        return by_id.get(spoken) or by_label[spoken]
    numbered = re.fullmatch(r"(?:le |la |choix |option )?(\d{1,2})", spoken)
    if numbered and 0 < int(numbered[1]) <= len(choices):
        return list(choices)[int(numbered[1]) - 1]
    if NOTHING.search(spoken) and (empty := next((c for c in ("none", "nothing") if c in choices), None)):
        return empty
    meant = READERS[field](spoken) if field in READERS else None
    return meant if meant in choices else _by_label_words(by_label, spoken)


def _by_label_words(by_label: Mapping[str, str], spoken: str) -> str | None:
    """Return the only choice of which a telling word of the label occurs in the answer."""
    said = set(re.findall(r"\w{3,}", spoken))
    hits = {choice for label, choice in by_label.items() if said & set(re.findall(r"\w{4,}", label))}
    return next(iter(hits)) if len(hits) == 1 else None
