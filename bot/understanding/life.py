"""Recognises a life in danger: the wish to die, a gesture, violence, a child going to meet a stranger."""

import re

from .despair import find_despair
from .harmless import HARMLESS
from .signs import NOT_NOW, find_sign

DIE = (
    r"(?:mourir|mourrir|mourire|mourrire|crever|creve|en finir|me tuer|se tuer"
    r"|tuer|sui[cs]+id\w*|me foutre en l air|se foutre en l air|disparaitre|me pendre"
    r"|se pendre"
    r"|me jeter|se jeter|sauter (?:du|d un|dans)|me faire du mal|se faire du mal"
    r"|me flinguer|se flinguer|me buter|mettre fin a (?:mes|ses) jours"
    r"|plus (?:etre(?! (?:abonn|client|contact|derange|membre|sollicit|rappel))"
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
QUOTED = re.compile(  # an insult that tells somebody to die, or a word used for a mistake, is no wish to die
    r"\bsuicide[ -](?:toi|vous)\b|\bva (?:te (?:pendre|suicider|tuer|faire foutre)|mourir|crever)\b"
    r"|\b(?:souhait\w+|dit|dis) (?:de |d aller )(?:crever|mourir|me pendre)\b"
    r"|\bdevr(?:ait|ais) se (?:pendre|suicider)\b|\bva crever\b|\bsuicidaire (?:d|de|ce genre)\b"
    r"|\bc (?:est|etait) suicidaire\b|\bretourne mourir\b|\bmourir dans ton pays\b"
    r"|\b(?:argent|carte|comptes?|epargne|economies|site|donnees|pc"
    r"|ordi\w*)(?: \w+){0,4} en danger(?: de mort)?\b|\b(?:pas|ni|jamais) (?:\w+ )?en danger\b"
    r"|\b(?:mes parents|ma mere|mon pere|ma soeur|ma femme|mes vieux|mon frere|mon patron|mon chef"
    r"|ma prof)(?: \w+)? (?:va|vont|allait) me (?:tuer|buter|massacrer|demonter|defoncer)\b(?! a coups)"
    r"|\b(?:chien|chiot|chiots|chat|poules?|lapin|perroquet|plante|chiens|chats)(?: \w+){0,3} (?:mourir"
    r"|creve\w*|tuer|tue)\b|\blaiss\w+ mourir (?:le|la|les|mon|mes|son|ses) \w+"
    r"|\b(?:pere|mere|mari|femme|grand[ -]mere|grand[ -]pere|oncle|tante|maman|papa) (?:vient de "
    r"|est )(?:mourir|morte?|decede\w*)\b|\bexpirer et mourir\b|\bdisparaitre sous terre\b"
    r"|\btousse a mourir\b"
    r"|\bje vais (?:le|la|les|lui) (?:massacrer|retrouver)\b|\b(?:chaleur|chef|boulot|qui|attente|ce qui"
    r"|c est ca qui) me tue\b|\bme tue (?:avec|c est)\b|\bfacon de parler\b"
    r"|\b(?:pas|aucune?|jamais)(?: \w+){0,2} (?:menac\w+|menaces? de mort|idees? noires?|de me frapper"
    r"|d idees? (?:noires?|suicidaires?))(?: de (?:me )?\w+)?\b|\bta vie est finie\b"
    r"|\bretrouver un numero\b"
    r"|\bmourir de vieillesse\b|\bva finir par (?:mourir|crever)\b|\best venue? chez (?:moi|nous)\b"
    r"|\bcambriol\w*[^.!?]{0,80}(?:porte|fenetre)\b"
    r"|\btape a (?:ma|la) porte en (?:larmes|pleurs)\b|\bcrise cardiaque (?:ce matin|en voyant|quand)\b"
    r"|\bmorte? et enterree?\b"
)
MILD = re.compile(
    r"\b(?:ca|histoire|stress|attente|cette affaire) me tue\b|\bagress\w+ verbale\w*"
    r"|\ben finir rapidement\b|\btuer (?:mon abonnement|le processus|l appli\w*)"
)
ACT = re.compile(
    r"\b(?:je me (?:tue|flingue|pends|bute|butte|supprime|suicide)(?! a )|jme (?:tue|bute|suicide)"
    r"|me suis (?:\w+ )?(?:coupee?|scarifiee?|mutilee?|tailladee?|pendue?)(?! (?:de"
    r"|du|la ligne|le doigt|un doigt|les cheveux))"
    r"|(?:merite|devrais|dois|doit|devrait|mieux) (?:de |que je )?(?:mourir|crever|meure|etre mort[e]?)"
    r"|(?:veux|voudrais|veut|voudrait|jveux|faut|envie) (?:\w+ )?que tout (?:s arrete"
    r"|se termine|finisse|soit fini)(?! (?:avec|pour ce|pour cette))"
    r"|(?:envie de|vais|veux|veut|va|prete?s? a) sauter(?! (?:sur|le pas|l occasion|cette|la question|une))"
    r"|(?:jveux|jvx|j veux|jpeux|veux|veut|voudrais) (?:\w+ )?plus (?:etre|vivre"
    r"|exister|me lever)(?! (?:client|abonn|contact|derange|sollicit|rappel))"
    r"|plus rien (?:ne |n )?(?:me |m )(?:retient|attend|rattache)|au bord (?:du"
    r"|d un|de la|de l) (?:pont|toit|precipice|fenetre|quai|eau|gouffre|vide)"
    r"|(?:m|s|me|se) ?oter la vie|(?:dormir|partir|m endormir|s endormir) (?:\w+ )?(?:pour toujours"
    r"|pour de bon|a jamais)"
    r"|(?:ecrit|laisse) (?:une|ma|sa|des) lettres? d (?:adieu|au revoir)|rejoindre (?:\w+ ){0,3}(?:au ciel"
    r"|la[ -]haut|au paradis)"
    r"|plus la peine (?:de vivre|que je vive)|j aurais (?:prefere|voulu) (?:ne )?(?:jamais"
    r"|pas) (?:etre nee?|naitre))\b"
)
ASSAULT = re.compile(
    r"\b(?:(?:en train de|pour|commence a|continue a|arrete pas de) (?:me|nous"
    r"|la|le) (?:frapper|battre|taper|cogner|etrangler|peter|casser)"
    r"|(?:leve|levait) la main sur (?:moi|elle|lui|nous|les)|(?:gifle|coups? de poing|coups? de pied)s?"
    r"|me (?:peter|casser|briser) (?:les jambes|les genoux|la figure|la gueule|le nez|un bras)"
    r"|(?:me suit|me suivent) partout|(?:veut|voulait|va) (?:rencontrer|voir"
    r"|retrouver) (?:ma (?:petite )?fille|mon fils|mon enfant|mes enfants)"
    r"|(?:pense[r]?|penser|pensees?) (?:\w+ )?(?:a la mort|de mort)|prepare (?:\w+ ){0,2}(?:comprimes"
    r"|cachets|medicaments|corde)"
    r"|dit (?:au revoir|adieu) a (?:tout le monde|tous|ses amis)|pour (?:me|nous"
    r"|la|le|lui|les|m|l) (?:frapper|tabasser|tuer|violer"
    r"|bruler|casser|defoncer|agresser|faire du mal|buter)"
    r"|(?:essaie|essaye|tente|force|cherche|veut)(?:nt)? (?:\w+ )?(?:de |d |a )?(?:rentrer|entrer|forcer)"
    r"(?: \w+){0,2} (?:chez moi|chez nous|ma maison|ma porte|la porte|mon appart\w*)"
    r"|menac\w+(?: \w+){0,6} (?:physiquement|s en prendre a|de s en prendre|faire du mal"
    r"|bruler|arme)|menac\w+ (?:mes enfants|ma famille|ma fille|mon fils)"
    r"|(?:filles?|fils|gamine?|ado|enfant|petite?)(?: \w+){0,4} (?:rendez[ -]vous"
    r"|rdv|rencontrer|retrouver|voir|rejoindre)"
    r"(?: \w+){0,4} (?:inconnue?|homme|adulte|mec|type|gars)|me suit (?:dans la rue"
    r"|en voiture|partout dehors))\b"
)
BARE = re.compile(  # any mention left once figures of speech are set apart: a doubt about a life counts as life
    r"\b(?:mour+ire?|crev(?:er|ais|ait)|(?:me|se) tue[r]?|qu (?:il|ils|elle) (?:me"
    r"|nous|la|le) tue(?:nt)?|(?:tirer|mettre|tire) une balle"
    r"|(?:plus|pas)(?: \w+){0,2} (?:a |de |pouvoir )vivre|(?:peux|arrive|sais) (?:pas|plus) (?:\w+ ){0,3}vivre"
    r"|(?:se|me|m) (?:fait|fais|faire) (?:\w+ )?du mal(?! au)|(?:elle|il|je) (?:se"
    r"|me) coupe(?! (?:de|du|la|le|les cheveux|internet))"
    r"|m attend(?:ait|ent)? (?:devant|a la sortie|dehors|en bas)|rode(?:nt)? (?:autour"
    r"|devant|pres)|(?:suis|sens|est|sent) (?:\w+ )?en danger"
    r"|(?:corde|couteau|lame|rasoir|arme) (?:a la main|dans (?:la main|les mains|le garage|ma chambre))"
    r"|dites (?:\w+ ){1,5}que je (?:les|l|la|le) aime|verrai pas demain|serai plus la demain)\b"
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
    for pattern in (FIGURATIVE, QUOTED, MILD, HARMLESS, DENIED_WISH):
        quiet = pattern.sub(lambda m: "#" * len(m.group()), quiet)
    for pattern in (SHORT_DEATH, WISH, ACT, DESPAIR, GESTURE, VIOLENCE, ASSAULT, BARE):
        match = pattern.search(quiet)
        past = pattern in (VIOLENCE, ASSAULT) or (match and match.group().startswith("m attend"))
        if match and not (past and NOT_NOW.search(quiet)):
            return match
    return find_sign(quiet) or (None if NOT_NOW.search(quiet) else find_despair(quiet))


def is_about_other(plain: str, match: re.Match[str], other: re.Pattern[str]) -> bool:
    """Tell whether the endangered person is somebody else than the writer."""
    if FIRST_PERSON.search(match.group()):
        return False
    before = re.split(r"[.!?;\n]", plain[max(0, match.start() - LOOK_BACK) : match.start()])[-1]
    near = re.split(r"\b(?:que|qui|mais|et|car|parce)\b", before)[-1] or before
    if FIRST_PERSON.search(near[-12:]) and not other.search(near):
        return False
    return bool(other.search(before + match.group()) or (BYSTANDER.search(near) and other.search(plain)))
