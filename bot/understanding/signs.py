"""Indirect signs of a life in danger: no tomorrow, a means at hand, a farewell, a failing body, an attacker.

One strong sign is enough; weak ones, each an everyday phrase, count only together. The lists follow what
suicide-prevention services publish as warning signs (to be a burden, to have no future, to put affairs in order, to
seek means).
"""

import re
from collections.abc import Iterator

WITHOUT = (  # a future without the speaker
    r"plus envie de (?:me (?:reveiller|lever|battre)|me voir|rester la)",
    r"(?:serai|serais|sera|soi[ts]?|suis|etais|etait) (?:deja |bientot )?plus (?:la"
    r"|de ce monde)\b(?! (?:semaine|pour (?:le|un|recevoir)))",
    r"plus la pour (?:les |le |la )?(?:depenser|voir|payer|repondre|recevoir|en profiter)",
    r"sans moi\b(?=[^.!?]{0,25}(?:mieux|soulag|tranquill|heureu))|mieux sans (?:moi|elle|lui)\b"
    r"|m en aller pour de bon|(?:quitter|quitte|quittera|quittons) (?:ce|le) monde",
    r"ma disparition|si je (?:n )?(?:existais|etais plus|disparaissais)|je (?:ne )?(?:disparais|m efface"
    r"|m eclipse|tire ma reverence|descends ici|depose les armes)\b|tirer ma reverence",
    r"n(?:e )?(?:rentre(?:rai)?|reviendrai|serai|survivrai) (?:pas|plus)(?: \w+){0,4} (?:ni les autres"
    r"|ce soir ni|a noel|demain|a ca|a tout ca)|je (?:ne )?survivrai pas",
    r"on (?:ne )?se reverra (?:pas|plus)|(?:vous|tu) (?:ne )?(?:me |m )(?:reverr\w+|entendr\w+) (?:pas"
    r"|plus)|trop tard pour (?:moi|elle|lui)|(?:ne )?m attendez plus|(?:c est"
    r"|ce sera) mon dernier (?:message|soir|jour)",
    r"(?:aurai|aura|aurait) (?:pas|plus) besoin (?:du|de mon|de ce|de) (?:rendez-vous|\w+ de (?:lundi"
    r"|mardi|mercredi|jeudi|vendredi))|gardez la place pour quelqu",
    r"laissez[ -]moi partir(?! sans)|je (?:veux|vais|voudrais|prefere|aimerais) (?:juste "
    r"|enfin )?(?:partir (?:tranquill\w+|en paix|pour de bon)|m arreter (?:ici|la)|en rester la de (?:ma"
    r"|la) vie|me reposer pour|dormir (?:\d+ ans|et ne|sans me))",
    r"(?:vais|va|pouvoir) (?:\w+ )?(?:me|se) reposer pour (?:de bon|toujours)|serai en paix"
    r"|de l autre cote(?= (?:au moins|je|on|c))|(?:rejoindre|retrouver|aller aupres de|m etendre a cote de"
    r"|retrouvera?i?) (?:papa|maman|mon mari|ma femme|mon epoux|dieu|mamy|papy|lui la|\w+ au ciel"
    r"|le seigneur)\b(?! (?:a|au|en) )",
    r"(?:ne )?(?:compte|comptais|pense) pas (?:rester|etre la) pour (?:voir|la suite)|assez vecu"
    r"|(?:le )?grand depart|(?:ne )?verr(?:ai|a|ais) (?:pas|plus) (?:noel|demain|le jour|l an|mes|mon"
    r"|la fin|2\d{3})",
    r"(?:autant|mieux|voudrais|veux|prefere\w*) (?:\w+ ){0,4}(?:plus me (?:reveiller|lever)|ne (?:plus"
    r"|pas) (?:me )?(?:lever|reveiller))|decue? (?:\w+ ){0,3}(?:d ouvrir les yeux|de me reveiller)"
    r"|pourquoi je me (?:leverais|leve|reveillerais)",
    r"demain (?:et |etait |n arrive|il )?(?:\w+ ){0,3}n arrive pas|n attends? plus rien (?:de demain"
    r"|de la vie|du tout|de rien)|(?:plus|pas) (?:aucune? |d )?(?:avenir|lendemain) pour (?:moi|elle|lui)",
    r"(?:vivre|la vie|continuer|exister|etre quelqu un|rester)(?: \w+){0,2} n (?:a|en a) plus (?:de |d "
    r"|aucun )?(?:gout|sens|interet|raison|vaut)|plus (?:gout|envie|la force) (?:a|de|d) (?:rien|vivre"
    r"|la vie|continuer (?:comme ca|a vivre)|etre (?:la|quelqu un)|lutter)",
    r"je (?:ne )?(?:veux|peux|sais|arrive) (?:vraiment )?plus (?:a )?(?:vivre|continuer comme ca|exister"
    r"|supporter d etre|etre dans ma peau)|(?:supporte|supporter) plus (?:\w+ )?etre (?:dans ma peau|moi"
    r"|la)",
    r"dernier (?:soir|jour)(?= (?:pour moi|de ma vie)|$|[.!])|(?:dire "
    r"|vous dis )au revoir,? c est la derniere fois|personne (?:ne )?me regrettera"
    r"|(?:ne )?derangerai plus personne|(?:plus|aucune) raison de continuer(?! (?:le|la|ce|cette"
    r"|a (?:payer|attendre)))",
    r"(?:l )?envie d etre la|plus tranquilles? sans (?:moi|elle|lui)|la suite ne m interesse"
    r"|(?:il )?ne manque que moi|me regarder en face apres|quand je (?:ne )?serai (?:plus la|partie?)\b"
    r"|pris ma decision(?=[^.!?]{0,40}(?:merci|bien|calme|paix|$))",
    r"d une (?:facon|maniere) ou d une autre,? moi|autant que (?:je|elle|il) (?:sois|soit|creve"
    r"|disparaisse)|(?:qui|personne) (?:\w+ ){0,3}(?:remarquer\w*|manquer\w*|pleurera"
    r"|s occuper\w*)(?: [\w ]{0,30})?(?:que je|quand je|a personne|si je)",
    r"combien de temps (?:\w+ ){0,6}(?:a )?remarquer|(?:ne )?(?:manquer|manquerai|manque) a personne"
    r"|(?:personne )?(?:le )?remarquera(?: pas)?(?= ?$|[.!])",
    r"(?:vaut|vaudr\w+|valent) plus (?:\w+ ){0,2}(?:que moi|morte?|vivante?)|(?:mieux"
    r"|plus) avec (?:l assurance|la prime|le capital)|assurance[ -](?:vie|deces)(?= (?:vaut|paiera"
    r"|servir))|prime de deces",
    r"(?:solution|sortie|issue)(?: \w+){0,2} (?:definitive|gratuite|finale)|(?:vois|voit"
    r"|reste) (?:\w+ )?(?:plus )?qu une (?:sortie|solution|issue|chose a faire)|une fois mort"
    r"|quand on est mort|plus envie de (?:finir|faire) quoi que ce soit",
)
ACTS = (  # a means, a gesture, wounds
    r"(?:regard\w+|pens\w+|fix\w+|compt\w+|vois|voir|sous) (?:\w+ ){0,3}(?:les? trains?"
    r"|le train|les rails)(?: passer)?|hauteur(?: \w+){0,3} (?:balcon|pont|fenetre"
    r"|toit)|(?<!d un )(?:rebord|rambarde)",
    r"(?:au[ -]dessus du|sur le|sur la|du haut du|devant le|pres du|garee? (?:au"
    r"|sur)[^.]{0,15}) (?:barrage|pont|viaduc|rambarde|parapet|voie ferree|falaise|rails)",
    r"(?:corde(?! a (?:linge|sauter))|fusil|carabine|revolver|pistolet|flingue|lames?|cutter|rasoir|arme de service"
    r"|arme)\b[^.!?]{0,45}(?:prete?|coffre|chambre|maison|main|achete\w*|nettoy\w+|pens\w+|a cote|tiroir"
    r"|jardin|grenier|garage|recommence|sort\w*|charge\w*)",
    r"(?:nettoy\w+|sorti\w*|achete\w*|pris|prend\w*|charge\w*"
    r"|cherche|garde|cache) (?:\w+ ){0,3}(?:corde(?! a (?:linge|sauter))"
    r"|fusil|carabine|lames?|revolver|pistolet|cutter)\b",
    r"(?:pris|prend\w*|aval\w+|(?<!mon )(?<!le )(?<!un )(?<!notre )compt\w+|gard\w+|reste|prepar\w+|boire|vide"
    r"|boites? (?:\w+ )?(?:vides?|de)"
    r"|reserve|stock\w*|mis de cote)[^.!?]{0,40}(?:comprimes|cachets|medicaments|medocs|somniferes|gouttes"
    r"|dafalgan|xanax|pilules|pharmacie|insuline|javel|produit)(?! (?:pour|contre) )",
    r"(?:enfonce|plante|entaill\w+|lacer\w+|arrach\w+|brul\w+|griff\w+|ouvert)(?: \w+){0,3} (?:la peau"
    r"|la cuisse|les cuisses|les bras|les avant[ -]bras|les poignets|les veines)|griffures|entailles"
    r"|scarif\w+|compas dans",
    r"(?:se|me|s|m) (?:noyer|etrangler|pendre|defenestrer|ouvrir les veines|jeter (?:sous|du|dans|par))"
    r"|noyer dans|se laisse mourir|me laisse mourir|refuse (?:ses|de prendre ses) (?:cachets|medicaments)"
    r"|se tromper de dose|ne s alimente plus",
    r"(?:choisi|fixe|decide) (?:la date|le jour|l heure|l endroit)|tout est pret|le choix (?:est"
    r"|etait) (?:vite )?fait|je sais comment je (?:ferais|ferai|vais faire)|je vais (?:la "
    r"|le )?faire(?: bien)? aussi|j ai (?:\w+ )?fait ce qu il fallait",
    r"je (?:saute|me jette|me balance|m ouvre) (?:du|de|par|sous|dans|les)\b(?! joie)"
    r"|ouvert la fenetre[^.!?]{0,40}(?:en bas|saut|vide)|regarde en bas|(?:gaz|robinet du gaz) (?:est "
    r"|a ete )?(?:ouvert|allume)(?! ou)|ouvert le gaz|fonc\w+ dans (?:un|le) (?:mur|arbre|platane|camion|pilier)",
    r"un platane|(?:le )?(?:prochain )?camion ne freine|connerie irreparable|(?:cave|poutre"
    r"|grenier),? (?:la |une |et )?(?:corde|poutre)|combien de (?:comprimes|cachets|gouttes"
    r"|temps on (?:reste|met))|(?:marche|vais|roule|pars?) vers le (?:pont|canal|barrage|train)"
    r"|au bord du canal|voies? du train",
    r"(?:ciseaux|couteau|lame|rasoir|compas)(?: \w+){0,3} (?:dans la|a la) main|me griffe|jusqu au sang"
    r"|couper les veines|tentative de suicide|fait une tentative(?! (?:de|d) (?!suicide))|ou (?:se trouvait|etait"
    r"|est) son testament|(?:ecrit|prepare) (?:ma|une|sa) lettre(?! (?:de|a (?:la|ma) (?:banque|police)"
    r"|recommandee))",
    r"(?:assise?|couchee?|allongee?) sur (?:les rails|la voie|le rebord)|endroit avec une belle vue"
    r"|me dis que ce (?:serait|sera) (?:plus )?simple|ce serait (?:plus )?(?:simple|facile|doux"
    r"|moins lourd)(?=[^.!?]{0,30}(?:mort|plus|fini|si je|$))",
)
FAREWELL = (
    r"lettres?(?: \w+){0,4} (?:adieu|au revoir|dire (?:au revoir|adieu|pardon)|pour apres)|(?:ecrit|laisse"
    r"|prepare) (?:\w+ ){0,3}(?:lettre|mot|enveloppe)s? (?:a|pour) (?:mes|ma|mon|chacun|papa|maman|ses|sa"
    r"|son)",
    r"(?:mon|son) enterrement|mes obseques|mes funerailles|pour mon cercueil|dites?(?:[ -]lui|[ -]leur"
    r"| a \w+ \w+)?,? (?:que )?(?:c etait pas sa faute|je (?:l|les) aim\w+|pardon)|je vous ai (?:tous "
    r"|toutes )?aime\w*|pardonnez[ -]moi",
    r"(?:prenez|prends|prendre) (?:bien )?soin de (?:ma|mon|mes|la|ma petite)|occupez[ -]vous de (?:ma|mon"
    r"|mes)|est prevenue? pour (?:le chat|le chien|les)|donne (?:\w+ )?(?:ses|mes) (?:(?:bagues|bijoux)(?! (?:et"
    r"|a une?) )"
    r"|affaires|vetements|jeux|livres|plantes)|distribue (?:ses|mes)",
    r"(?:remboursement|argent|sous|dossier)[^.!?]{0,25}(?:a ma s\w+ur|a ma femme|a mes enfants|apres moi)"
    r"|poursuivis apres moi|ma (?:femme|compagne|soeur|famille) terminera|adieu\b(?!,? (?:l |les |mes |ma "
    r"|mon |\d|et merci|je quitte|a (?:mon|ma|mes) (?:argent|sous|colis)))(?<!merci et adieu)",
    r"quand vous (?:lirez|recevrez)|merci (?:pour tout|de votre gentillesse)(?=[^!?]{0,50}(?:adieu|drole"
    r"|partant|plus))|code (?:de (?:son|mon) gsm )?(?:au cas ou|c est ma date)|au cas ou(?= je| il m)",
)
BODY = (
    r"(?:respire|respirait) (?:mal|plus|bizarre|difficilement|a peine)|(?:repond|parle|bouge"
    r"|reagit) plus(?= (?:quand|du tout|et|,)|[.,])(?=[^.!?]{0,40}(?:respire|yeux|tombe|parle|appelle"
    r"|quand je lui))|perdu connaissance|(?:est|semble|reste|suis|trouvee?) inconsciente?|fait un malaise|evanoui\w*"
    r"|a fait une (?:overdose"
    r"|crise cardiaque)",
    r"respire presque plus|convuls\w+|(?:n arrive plus|peux plus) a? ?(?:bouger|parler|respirer)"
    r"|bouche (?:est )?(?:bizarre|de travers|tordue)|je fais un malaise|bu (?:un|du|le) produit|je saigne"
    r"|il y a du sang|marques au cou|a coups de (?:ceinture|poing|pied)",
    r"(?:se tient|mal a|mal dans|douleur\w* (?:a|dans)|serre\w*) (?:la |le |ma )?(?:poitrine|bras gauche"
    r"|machoire|coeur)|saigne (?:beaucoup|enormement|de la tete)|tient pas debout|avale (?:une pile"
    r"|du produit|de la javel|des pieces)|(?:ete|est|l a|m a) droguee?\b|tombee? (?:dans|par)[^.!?]{0,30}(?:repond"
    r"|gemi|bouge)",
)
ATTACK = (
    r"(?:marteau|barre de fer|batte\b|machette|hache|acide|bidon|couteau|carabine|fusil|flingue"
    r"|arme)[^.!?]{0,50}(?:genoux|cabinet|salle|couloir|porte|main|moi|nous|appart|dedans|approch\w+"
    r"|arrive|chez)|(?:lancer|jeter|verser) de l acide|met(?:tre|s)? le feu a (?:l|la|ma|notre|mon)",
    r"serr\w+ (?:la gorge|le cou)|par les cheveux|sorti (?:le|un) couteau|coup de (?:genou|poing|tete"
    r"|ceinture)|des battes|kidnapp\w+|(?:ne )?(?:les )?reverrai(?:s)? (?:pas|plus) vivants?|(?:derriere"
    r"|devant) la porte et|je chuchote|faire la peau|est ici,? (?:vite|appelez)|appelez la police vite",
    r"(?:chez|avec) un (?:inconnu|adulte|homme) (?:de|rencontre|sur) (?:snap\w*|insta\w*|roblox|discord"
    r"|yubo|internet|tiktok)|hotel avec un|(?:en bas|en face)[^.!?]{0,40}(?:couteau|arme|phares)"
    r"|devant mon ecole|ouvr\w+ le verrou|forcer le verrou",
    r"(?:forc\w+|(?:essa\w+|tent\w+) (?:d |de l )?ouvrir|defonc\w+|enfonc\w+|tambourin\w+|cogn\w+|escalad\w+|gratt\w+"
    r"|secoue\w*)(?: \w+){0,3} (?:l entree|(?:ma|la|sa|notre|une) (?:porte|fenetre))(?! en (?:larmes"
    r"|pleurs))",
    r"(?:homme|type|gars|ex|ils|il|inconnu|harceleur|client|masques|camionnette"
    r"|quelqu un)[^.!?]{0,40}(?:dans (?:le|mon|la) (?:hall|jardin|cage d escalier|salle d attente|garage"
    r"|couloir)|sur (?:mon|le) balcon|par le balcon|dans l ascenseur|au bas de l immeuble"
    r"|devant (?:l ecole|ma porte|chez moi))",
    r"je (?:monte|suis en bas|suis au rez|t attends en bas|suis devant chez toi)|(?:il|ils|mon pere"
    r"|mon frere) (?:est|sont) en route|nous avons verrouille|je suis cachee?|suis enfermee? (?:dans|avec)"
    r"|ferment? a cle|(?:pris|garde|confisque) mon passeport",
    r"(?:il|elle|mari|compagnon|copain|pere|homme|ex)(?: \w+){0,2} (?:m a|l a|nous a|lui a"
    r"|a) (?:\w+ )?(?:casse (?:\w+ )?(?:doigts?|bras|nez|cote|dents?)|tenu la tete sous|pousse\w* (?:dans"
    r"|contre|par|et)|etrangle\w*|brulee?|frappe\w*|battue?|cogne\w*|drogue\w*|sequestre\w*|gifle\w*)",
    r"j entends (?:des coups|crier|gemir|ses pas)|je l entends (?:gemir|crier|hurler)|(?:le bebe|l enfant"
    r"|elle) (?:qui )?hurle|elle est par terre|tranch\w+ la gorge|egorg\w+|(?:planter|plante|suriner"
    r"|descendre|fumer|liquider|eliminer) (?:demain|ce soir|dimanche|a la sortie)|finiras? dans (?:le"
    r"|un) (?:coffre|trou|fosse)",
    r"(?:prendront|prendra|enlever|viendront chercher|vont chercher) (?:ma fille|mon fils|mes enfants"
    r"|la petite|le petit|les enfants)[^.!?]{0,30}(?:ecole|sortie|creche)|la prendront|photo de ma porte"
    r"|t es la prochaine|sera enterree? la[ -]bas",
    r"donne rendez-vous (?:a|ce|demain|devant|au)[^.!?]{0,30}(?:gare|parc|hotel|chez lui|parking)"
    r"|ne l a pas vue|(?:partie?|parti) (?:le |la )?(?:voir|rejoindre|retrouver)[^.!?]{0,20}(?:homme"
    r"|inconnu|lui|adulte|lucas)",
)
WEAK = (
    r"au bout(?: du rouleau)?\b|jen? ?peux plus|en peux plus|j en peux plus|ca s arrete"
    r"|fatiguee? de (?:lutter|me battre|tout)|fini de me battre|plus la force|plus rien|tout rate"
    r"|sers a rien|vide\b|dors? plus|je craque",
    r"de toute facon|bientot|ce soir|demain|vendredi|dimanche|minuit|apres (?:ca|moi)|en paix|tranquille"
    r"|pour de bon|definitivement",
    r"ma (?:femme|famille|fille|mere) (?:ne )?(?:sait|c) pas|seule? (?:a la maison|au monde|chez moi)"
    r"|personne (?:ne )?(?:m aime|me comprend|remarquer\w+)|un fardeau|un poids pour",
    r"pardon|je (?:l|les|vous) aime|au revoir|adieu|merci pour tout|dites[ -]leur|lettre\b",
    r"cachets|corde|pont|trains?|rails|balcon|toit|lame|fusil|vide dans|mort\b|mourir|disparaitre",
)
STRONG = [re.compile(r"(?<!\w)(?:" + "|".join(group) + r")(?!\w)") for group in (WITHOUT, ACTS, FAREWELL, BODY, ATTACK)]
WEAK_PATTERNS = [re.compile(rf"(?<!\w)(?:{words})(?!\w)") for words in WEAK]
ENOUGH_WEAK = 4
NOT_NOW = re.compile(
    r"\b(?:l an (?:dernier|passe)|l annee (?:derniere|passee)|il y a (?:\d+|un|deux|trois|des"
    r"|quelques) ans|en 20[012]\d|a ete (?:condamne|juge)|mort depuis|date de 20\d\d|dans (?:le|un) (?:jeu"
    r"|film|livre|episode))\b"
)


def find_sign(quiet: str) -> re.Match[str] | None:
    """Return the sign of danger in folded text where figures of speech are blanked out, or None."""
    for pattern in STRONG:
        for match in pattern.finditer(quiet):
            if not NOT_NOW.search(quiet):
                return match
    weak = list(_weak(quiet))
    return weak[0] if len(weak) >= ENOUGH_WEAK else None


def _weak(quiet: str) -> Iterator[re.Match[str]]:
    for pattern in WEAK_PATTERNS:
        if match := pattern.search(quiet):
            yield match
