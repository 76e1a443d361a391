"""Short words of a life in danger as people type them: slang, hurried spelling, a farewell, a question about means.

All patterns read folded text with abbreviations spelt out (`spell_out`); `life.find_life` asks them last.
"""

import re

WISH = (
    r"(?:vais|veu[xt]?|va|voudrais|voudre|aimerais|envi\w*|pense|parle|allait|voulait)(?: \w+){0,2} (?:me tej|se tej"
    r"|(?:me|se|men|m en) foutre en l ?air|m effacer|s effacer|m eteindre|s eteindre|mourr?ire?|muorir|etre morte?"
    r"|crv\w+|me suicid\w+|m oter la vie|men? all\w+ pour toujour\w*)",
    r"(?:plu|pu|plus|pas)(?: \w+)? envi\w* (?:de |d )?(?:vivr\w*|etre (?:la|en vie|ici)\b|detre|exist\w+"
    r"|voir (?:20\d\d|demain|la suite))",
    r"(?:peu?x?|sais|arrive) (?:plus|pu) (?:vivr\w*|exister)|autant (?:que je )?(?:disparai\w+|mourir|en finir|crever"
    r"|y rester)|j en finis (?:ce soir|la|maintenant)|^en finir\b|qu on en finisse\b",
    r"(?:tue[zr]?|acheve[zr]?|euthanasie[zr]?|debranche[zr]?|flingue[zr]?)[ -]moi\b|(?:on|quelqu un) (?:me |m )"
    r"(?:debranche|acheve|tue)\b(?! une)|tout,? moi (?:y )?compris|appuie sur off",
    r"a quoi bon(?= ?$| ?[.!?,]| (?:vivre|se lever|me lever|rester|franchement|tout ca))|a quoi (?:ca|sa) sert que je"
    r" (?:reste|vive|sois la)",
    r"de trop sur (?:cette |la )?terre|debarrasser le plancher|(?:plus cher|mieux) (?:vivant que mort|mort que vivant)"
    r"|si je meurs\b(?! (?:de|dans le jeu))|pourquoi (?:\w+ )?je suis encore en vie|aurais du y rester",
    r"plus rien a faire ici|de vieux os|cadavre qui marche|deja morte? a l interieur|je choisis quand ca s arrete"
    r"|regrette d etre nee?|jamais du naitre|merite plus (?:d etre en vie|de vivre)",
    r"la mort (?:me |m )(?:parait|semble|attire|fait moins peur)|(?:pensees|idees) (?:\w+ )?(?:noires|de mort)"
    r"|me (?:fais|fie) plus (?:confiance|a moi)|peur de (?:moi\b|ce que je (?:pourrais|peux|vais) me faire)",
    r"(?:se|me) (?:fasse|fassent|fais|faire) (?:\w+ )?(?:du )?mal (?:expres|cette nuit)|(?:se|me) fasse du mal"
    r"|attente a (?:ses|mes) jours|veu\w* (?:plus|pu) vivr\w*|m endormir et que ce soit la derniere",
    r"que (?:dieu|le seigneur) (?:me|m) (?:reprenne|rappelle)|me reveiller? plus jamais|passer(?:ai)? pas la nuit"
    r"|je prie (?:\w+ ){0,3}pour ne (?:pas|plus) me reveiller",
)
MEANS = (
    r"(?:combien|cmb|quelle dose|quelle quantite)[^.!?]{0,40}(?:xanax|dafalgan|cachets|comprimes|medocs|paracetamol"
    r"|monoxyde|gouttes|insuline)[^.!?]{0,40}(?:mortel|reveiller|mourir|suffi|trop\b)|dose (?:\w+ ){0,3}mortelle"
    r"|temps (?:met|faut)[^.!?]{0,15}(?:monoxyde|se noyer|saigner)",
    r"rapide et sans (?:douleur|souffr\w+)|(?:partir|mourir) sans (?:souffr\w+|douleur|que ca fasse mal)"
    r"|noeud coulant|j ai fait le noeud|(?:sent|souffre)[^.!?]{0,20} quand on saute|assez vite pour rien sentir",
    r"j ai tout (?:pris|avale)(?= ?$|[.,!])|tout avale\b|bu (?:\w+ )?(?:de la )?javel|melange (?:les|des"
    r"|mes) (?:cachets"
    r"|medicaments|comprimes)|vide l armoire a pharmacie|garage ferme,? moteur|branche le tuyau",
    r"(?:sur le|du|au) (?:rebord|parapet)\b|enjambe la (?:barriere|rambarde)(?! du parking)|la rambarde est"
    r"|au dessus de l ecluse|(?:meuse|sambre|escaut|ourthe) est (?:\w+ )?(?:froide|profonde)(?! (?:pour nager|en mai))",
    r"le prochain train (?:sera|est) (?:le bon|pour moi)|rate un virage|roule? sans ceinture|conduis sans ceinture"
    r"|(?:parti\w*|part|sorti\w*) (?:\w+ )?avec (?:son|le|mon) (?:fusil|arme|flingue|pistolet)|derniere balle|carnage",
    r"(?:je|elle|il) (?:me|se) cogne la tete|du sang partout"
    r"|rempli la baignoire|j ai la lame|poignets? (?:\w+ )?saignent?",
)
FAREWELL = (
    r"(?:dites?|dis)\b(?:[ -](?:leur|lui))?(?: a (?:ma|mon|mes|papa|maman|mamy|tous)(?: \w+)?)?[^.!?]{0,25}"
    r"(?:(?:je|papy|papa|mamy|maman) (?:les?|l|la) aim\w+|pas (?:sa|leur) faute|suis desolee?)",
    r"merci pour tout et pardon|pas de nouvelles c est normal|game over pour|c est la fin pour moi"
    r"|la fin est proche pour moi|on se retrouve de l autre cote|(?:rejoindre|retrouver)[^.!?]{0,25} au ciel"
    r"|la[ -]haut on me",
    r"adieu les (?:gens|gars|amis|copains|filles)|la lettre est (?:sur|dans)|laisse un mot sur|un mot a chacun"
    r"|je (?:ne )?rentre pas,? ni ce soir|derniere story|je peux y aller\b|plus rien n aura d importance|je vous laisse"
    r" pour toujours|surveillez[ -]moi",
)
BODY = (
    r"(?:gorge|langue) (?:qui |me |se )?gonfle|levres? (?:sont |est )?bleue?s?|cherche l air|respire de moins en moins"
    r"|(?:fais|fait|faire) (?:un infarctus|une attaque|un avc)(?! (?:en|quand|rien))|ne bouge plus|saigner? beaucoup",
)
ATTACK = (
    r"(?:mari|ex|copain|mec|pere|compagnon|il|y) (?:\w+ )?(?:ma|m a|me|nous a|l a) (?:\w+ )?(?:frap+\w*|cogn\w+"
    r"|etrangl\w+"
    r"|battue?|tabass\w+)(?! l esprit)|(?:vien\w*|vient) de (?:me|nous|la|le) (?:frap\w+|cogn\w+|etrangl\w+|gifl\w+)",
    r"(?:couteau|lame|cutter) (?:sous|sur) (?:la|ma) gorge|me menace (?:\w+ )?avec (?:un|une|son) |va (?:me"
    r"|y me) frap\w+"
    r"|menas\w+ de (?:me|la|le) tu\w+|(?:pere|oncle|papa|voisin|cousin|frere|copain de maman) me touche\b",
    r"me retient (?:ici|chez|enferm)|contre ma volonte|me suit (?:\w+ )?dans (?:le|la) (?:tram|bus|rue|train|metro)"
    r"|une voiture me suit|(?:sortirai\w*|partirai\w*)[^.!?]{0,15} les pieds devant|(?:vole|enleve|kidnappe) (?:ma"
    r" fille|mon fils|mon enfant|mon bebe)(?! (?:son|sa|ses))",
    r"(?:ik |ze |hij )?(?:wil|wou) (?:\w+ )?dood\b|niet meer leven|don ?t wanna be here|can ?t do this anymore"
    r"|has a (?:gun"
    r"|knife)|at my door|voor mijn deur|pillen genomen",
)
PATTERNS = [re.compile(r"(?<!\w)(?:" + "|".join(group) + r")(?!\w)") for group in (WISH, MEANS, FAREWELL, BODY, ATTACK)]


def find_despair(quiet: str) -> re.Match[str] | None:
    """Return the words in folded text, figures of speech blanked out, that tell of a life in danger, or None."""
    return next((match for pattern in PATTERNS if (match := pattern.search(quiet))), None)
