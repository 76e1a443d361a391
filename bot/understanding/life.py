"""Recognises a life in danger: the wish to die, a gesture, violence, a child going to meet a stranger."""

import re

DIE = (
    r"(?:mourir|mourrir|mourire|mourrire|crever|creve|en finir|me tuer|se tuer"
    r"|tuer|sui[cs]+id\w*|me foutre en l air|se foutre en l air|disparaitre|me pendre"
    r"|se pendre"
    r"|me jeter|se jeter|sauter (?:du|d un|dans)|me faire du mal|se faire du mal"
    r"|me flinguer|se flinguer|me buter|mettre fin a (?:mes|ses) jours|plus (?:etre"
    r"|exister)|plus vivre|etre mort[e]?|me supprimer|se supprimer|passer a l acte"
    r"|sous un train|sur les rails|tout arreter pour toujours|se mettre une balle"
    r"|me mettre une balle)"
)
WISH = re.compile(
    r"\b(?:(?:veu[xt]|veulent|voudrais|voudrait|voulais|voulait|voulu|vais|va"
    r"|allait|envie|pense[rs]?|pensee?s?|pensait|songe\w*|parle\w*|prefere\w*"
    r"|menace|aimerais|idees?|essaye[r]?|tente[r]?|failli|eu|dit"
    r"|ose|faut|pret[e]?|compte|decide[er]?|n ai plus qu|reste (?:plus )?qu)(?: \w+){0,3} (?:a |d |de |du |au )?"
    + DIE
    + r")\b"
)
DESPAIR = re.compile(
    r"\b(?:sui[cs]+id\w*|mettre fin a (?:mes|ses|leurs?) jours|fin a (?:ma|sa) vie"
    r"|mettre fin a tout|(?:plus|pas|aucune?|perdu) (?:\w+ )?(?:envie?s?|gout"
    r"|raisons?|l envie|la force|le courage)(?: \w+){0,2} (?:vivre|de vivre|a la vie"
    r"|d exister|de continuer a vivre)"
    r"|marre de (?:vivre|la vie)|fatigue[e]? de vivre|(?:veux|veut|envie de|voudrais"
    r"|peux|peut) (?:\w+ )?plus (?:vivre|etre la|etre en vie|me reveiller|se reveiller"
    r"|exister)|peux plus vivre|vie (?:\w+ ){0,3}(?:vaut plus|ne vaut|n a plus de sens"
    r"|est finie|est foutue|sert a rien)|plus rien a (?:perdre|attendre)(?: de la vie)?"
    r"|(?:me|se|s|m)(?: \w+)? (?:scarifi\w+|mutil\w+|coupe (?:les veines|les bras"
    r"|le bras|les poignets)|ouvert les veines|ouvrir les veines|taillad\w+|flingu\w+"
    r"|pend(?:re|s|u))|(?:me|se) coupe (?:les|le) (?:veines|bras|poignets?)|(?:aval\w+ (?:\w+ ){0,3}"
    r"|(?:pris|prendre|prend) (?:\w+ ){0,2}(?:tou\w+|boites?|plaquettes?|plein"
    r"|trop|tube)(?: \w+){0,2} )(?:medicaments|cachets|comprimes|medocs|somniferes"
    r"|pilules)"
    r"|(?:mieux|plus simple|plus facile|soulages?) (?:\w+ ){0,5}(?:sans moi|si j etais mort[e]?"
    r"|morte?\b|si je n etais plus la|si j etais plus la|sans elle|sans lui)"
    r"|tout le monde serait mieux sans|lettre d adieu|adieu a tous|je vous dis adieu"
    r"|j ?ai (?:deja )?prepare (?:une corde|mes cachets)|envie de tout arreter"
    r"|a quoi bon continuer(?! \w)|(?:plus|peux plus) (?:de )?me reveiller"
    r"|(?:marre|veux|veut|faut|vais|va|voudrais|voudrait|envie d)(?: \w+)? en finir"
    r"|a quoi bon vivre|(?:me|m en) (?:vais|aller) pour toujours|ne plus jamais me reveiller"
    r"|kms\b)\b"
)
SHORT_DEATH = re.compile(
    r"\b(?:(?:je|j) ?(?:veux|veu|ve|vx|vais|voudrai[st]?|prefere)|(?:j ai|jai"
    r"|g) envie?s? de?|jveux|jvx|jvais|j vais|envie? d[e ]) ?(?:juste |vraiment "
    r"|tous? |tellement )?(?:mourir|mourrir|mourire|crever|me tuer|disparaitre"
    r"|me suicider|me pendre|mourrire)\b"
)
GESTURE = re.compile(
    r"\b(?:tentative de suicide|ts\b|(?:vient de|a) (?:\w+ )?(?:se |s )?(?:ouvert"
    r"|couper|coupe) (?:les )?veines|pense au pire|faire une betise|fera une betise"
    r"|idees? (?:noires?|suicidaires?)|suicidaire)"
)
VIOLENCE = re.compile(
    r"\b(?:(?:menac\w+|menace)(?: \w+){0,4} (?:mort|me tuer|de me tuer|tuer|buter"
    r"|egorger|frapper|bruler|violer|planter|poignard\w+|couteau|arme|tabasser"
    r"|defigurer|acide|casser la gueule|de venir chez|venir chez)"
    r"|(?:va|vais|vont|veut|veulent|ira|jure de|voulait) (?:me |te |la |le |les "
    r"|nous |lui |vous |m |t |l )(?:tuer|buter|egorger|planter|violer|bruler"
    r"|crever|poignarder|defigurer|abattre|exploser la tete|massacrer|faire la peau"
    r"|frapper|tabasser|casser la gueule|retrouver et)|(?:je vais|on va) (?:te"
    r"|vous) (?:tuer|buter|crever|egorger|retrouver|violer|planter|faire la peau)"
    r"|menaces? (?:de mort|physiques?|de viol)|(?:il|elle|ils|type|homme|ex|mec) (?:\w+ ){0,3}(?:a"
    r"|ont|avec|sort|sorti) une? (?:couteau|arme|flingue|pistolet|revolver|fusil)"
    r"|(?:il|elle|ils|on|ex|mari|compagnon|copain|pere) (?:\w+ )?(?:me|m a|nous"
    r"|m ont|la|l a) (?:\w+ )?(?:frapp\w+|bat|battu[e]?|tap\w+ dessus|etrangl\w+"
    r"|tabass\w+|agress\w+|viol\w+|violent\w+|cogn\w+|sequestr\w+|enferm\w+)"
    r"|(?:il|elle|ils|quelqu un|ex|homme|type|agresseur|mec|gars)(?: \w+){0,3} (?:est"
    r"|sont|attend\w*|m attend|nous attend) (?:\w+ )?(?:devant (?:chez moi|ma porte"
    r"|ma maison|la maison|la porte|mon immeuble|chez nous|ma fenetre)|en bas de (?:chez moi"
    r"|mon immeuble)|dans (?:ma|la) (?:maison|rue)|a ma porte|chez moi)|(?:frappe"
    r"|tape|tambourine|cogne)\w* a (?:ma|la) porte|defonc\w+ (?:ma|la) porte"
    r"|sait ou (?:j habite|je vis|on habite|nous habitons|elle habite)[^.!?\n]{0,60}(?:tuer"
    r"|mort|venir|viendra|arrive|couteau|attend)|enfant en danger|(?:fille|fils"
    r"|enfant|enfants|gamine?|ado|petite?)(?: \w+){0,4} (?:en danger|enleve[e]?"
    r"|disparue?|fugue\w*|parti[e]? (?:rejoindre|retrouver|rencontrer)|rejoindre"
    r"|rencontrer (?:cet|un|l) (?:homme|inconnu|adulte))|rendez[ -]vous avec (?:ma fille"
    r"|mon fils|ma gamine)|en danger de mort|peur pour (?:ma|sa) vie|danger immediat)\b"
)
FIGURATIVE = re.compile(
    r"\b(?:mort[e]?s? de (?:rire|faim|soif|froid|fatigue|honte|trouille|peur"
    r"|stress|chaud|rir)|mourir de (?:rire|faim|soif|froid|fatigue|honte|trouille"
    r"|peur|stress|chaud|chaleur|curiosite|ennui|envie|rir)|creve[r]? de (?:rire"
    r"|faim|soif|froid|chaud|honte|trouille|chaleur)|creve[er]? (?:l ecran|un pneu)"
    r"|pneu creve"
    r"|(?:batterie|gsm|telephone|pc|ordi\w*|ordinateur|tablette|smartphone|disque"
    r"|site|serveur|wifi|colis|plante|plantes|fleurs?|voiture|moteur|appareil"
    r"|console|compte|portable|laptop|imprimante|frigo)(?: \w+){0,4} (?:mourir"
    r"|mort[e]?|creve[er]?|en finir|meurt|mourrir|suicide)"
    r"|(?:tuer|tue|mourir) (?:le temps|l ambiance|a petit feu|d ennui)|ca me tue"
    r"|me tue a |en finir (?:(?:au plus )?vite|(?:une (?:bonne )?fois pour toutes )?avec (?!la vie"
    r"|tout\b|mes jours|ma vie|moi))(?: \w+)?|faire disparaitre|suicide (?:commercial"
    r"|financier|professionnel|squad)|blinde a mourir|a mourir de rire|ennui\w* a mourir"
    r"|mort[e]? de trouille|disparaitre (?:de|des|du|sur|d) (?:internet|google"
    r"|reseaux|l ecran|la circulation|mon compte|mes comptes|app)"
    r"|disparaitre (?:le|mon|ma|mes|ses|l|les|la|du|son) \w+|(?:argent|colis"
    r"|vendeur|site|annonce|commande|message\w*|photo\w*|compte)(?: \w+){0,3} disparaitre"
    r"|(?:va|vais|veut|ma femme va|mon mari va|mes parents vont|ma mere va|mon pere va"
    r"|elle va|il va|vont) me (?:tuer|buter)(?= (?:quand|si|pour|en|mdr|lol|parce"
    r"|car|de)))\b"
)
DENIED_WISH = re.compile(
    r"\b(?:ne |n |pas )?(?:veux|vais|ai|pense|compte|voudrais|voulais|a|veut) (?:pas"
    r"|aucune|plus du tout|nullement)(?: \w+){0,3} (?:mourir|en finir|me suicider"
    r"|suicide|suicidaire|me tuer|envie de mourir|idees? noires?)\b|\b(?:pas"
    r"|non) (?:suicidaire|envie de mourir)\b"
)
FIRST_PERSON = re.compile(
    r"\b(?:je|j|jveux|jvais|jvx|jai|g envie|me|m|moi|nous|mes jours|ma vie|chez moi"
    r"|ma porte)\b"
)
BYSTANDER = re.compile(r"\b(?:il|elle|ils|elles|on)\b")
LOOK_BACK = 60


def find_life(plain: str) -> re.Match[str] | None:
    """Return the words that tell of a life in danger, figures of speech and denials apart, or None."""
    quiet = plain
    for pattern in (FIGURATIVE, DENIED_WISH):
        quiet = pattern.sub(lambda m: "#" * len(m.group()), quiet)
    for pattern in (SHORT_DEATH, WISH, DESPAIR, GESTURE, VIOLENCE):
        if match := pattern.search(quiet):
            return match
    return None


def is_about_other(plain: str, match: re.Match[str], other: re.Pattern[str]) -> bool:
    """Tell whether the endangered person is somebody else than the writer."""
    if FIRST_PERSON.search(match.group()):
        return False
    before = re.split(r"[.!?;\n]", plain[max(0, match.start() - LOOK_BACK) : match.start()])[-1]
    near = re.split(r"\b(?:que|qui|mais|et|car|parce)\b", before)[-1] or before
    if FIRST_PERSON.search(near[-12:]) and not other.search(near):
        return False
    return bool(other.search(before + match.group()) or (BYSTANDER.search(near) and other.search(plain)))
