"""Stories as members type them, in a real browser and on everything for real, land under the right incident."""

import pytest
from playwright.sync_api import Browser, expect

from bot.catalogue import catalogue
from tests.e2e.test_browser import ANSWER_MS
from tests.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.browser]
STORIES = {
    # the README's
    "hier soir j'ai reçu un SMS de ma banque, j'ai cliqué et ce matin 850 € ont disparu": "fraud/phishing_codes_given",
    "on m'insulte sur instagram depuis 3 jours": "insults/insults_defamation",
    "j'ai commandé un GSM il y a trois semaines et je n'ai toujours rien reçu": "failed_delivery/not_delivered",
    "un monsieur de Microsoft est dans mon PC, la souris bouge toute seule": "suspicious_behaviour/remote_access",
    # fraud
    "JE VOIS 3 PAIEMENTS DE 120 EUROS A DUBLIN SUR MA CARTE VISA, JE N AI JAMAIS QUITTE CHARLEROI": (
        "fraud/unauthorised_payment"
    ),
    "une dame de card stop m'a téléphoné, j'ai viré 6.400 € sur un compte sûr comme elle disait": (
        "fraud/fake_bank_employee"
    ),
    "j'ai payé une console 280 € à un gars sur 2ememain, il a supprimé l'annonce et son numéro ne répond plus": (
        "fraud/marketplace_scam_buyer"
    ),
    "le site soldes-baskets-pro.example était bidon, j'ai payé 95 € par carte et il a disparu d'internet": (
        "fraud/fake_shop"
    ),
    "mon mari a investi 12.000 € en bitcoin sur un site qui ne veut plus rien lui rendre": "fraud/investment_scam",
    "essai gratuit de vitamines et maintenant on me retire 59 € chaque mois, je n'arrive pas à résilier": (
        "fraud/hidden_subscription"
    ),
    # suspicious behaviour
    "reçu un sms bizarre de bpost qui demande 2,99 pour un colis, j'ai pas cliqué, c'est une arnaque ?": (
        "suspicious_behaviour/suspicious_message"
    ),
    "on a piraté mon facebook, mon mot de passe marche plus et mes amis reçoivent des trucs en mon nom": (
        "suspicious_behaviour/account_hacked"
    ),
    "tous mes fichiers sont cryptés et une page réclame une rançon en bitcoin, j'ai rien payé": (
        "suspicious_behaviour/malware"
    ),
    "un mail dit qu'il m'a filmé par ma webcam et veut 900 euros en bitcoin avant demain": (
        "suspicious_behaviour/webcam_blackmail"
    ),
    "plus de réseau depuis ce matin, proximus dit que quelqu'un a demandé une nouvelle carte sim à mon nom": (
        "suspicious_behaviour/sim_swap"
    ),
    # failed delivery
    "la télé est arrivée avec l'écran fendu, le magasin en ligne dit que c'est la faute du livreur": (
        "failed_delivery/damaged_or_defective"
    ),
    "j'avais commandé une veste bleue taille M et j'ai reçu une nappe": "failed_delivery/wrong_item",
    "j'ai renvoyé les chaussures il y a un mois, ils ont tout reçu mais refusent de me rendre les 79 €": (
        "failed_delivery/refund_refused"
    ),
    "le sac de marque que j'ai acheté en ligne est une contrefaçon, une experte me l'a confirmé": (
        "failed_delivery/counterfeit"
    ),
    # insults
    "mon ex m'écrit cinquante fois par jour, chaque fois d'un autre numéro": "insults/harassment_stalking",
    "un collègue m'écrit que je vais le regretter et qu'il a les moyens de me faire payer ça": "insults/threats",
    "mon ex a mis nos vidéos intimes sur un site, je veux qu'elles disparaissent": "insults/intimate_images",
    "mon adresse et mon numéro ont été publiés sur un forum avec des appels à venir chez moi": "insults/doxxing",
    "ma fille de 12 ans se fait humilier tous les jours sur le groupe whatsapp de sa classe": "insults/minor_bullying",
}


def test_the_sub_types_that_stories_should_land_under_exist():
    assert {f"{family.id}/{subtype}" for family in catalogue().families.values() for subtype in family.subtypes} >= {
        *STORIES.values()
    }
    assert len(STORIES) == 24


#: What comes before any declaration: a danger, and somebody too young to declare.
FIRST = {
    "il m'a écrit qu'il allait venir me casser les jambes samedi": "danger_to_life",
    "un garçon menace d'envoyer mes photos nues à toute ma classe si je paie pas": "minor_answered",
}


def landed(browser: Browser, stack: Stack, story: str) -> str:
    """Type a story on a page of its own; return the incident under which the bot took it, or what it did instead."""
    stack.said.add(story)
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-BE")
    try:
        page = context.new_page()
        with page.expect_response("**/api/chat/session") as opened:
            page.goto(stack.url)
            page.get_by_label("Votre message").fill(story)
            page.keyboard.press("Enter")
        conversation = opened.value.json()["conversation"]
        expect(page.locator(".message.bot").last).to_be_visible(timeout=ANSWER_MS)
    finally:
        context.close()
    events = stack.rows("SELECT name, properties FROM events_event WHERE conversation = %s ORDER BY at", conversation)
    happened = {event["name"]: event["properties"] for event in events}
    if "incident_understood" in happened:
        return "{family}/{subtype}".format(**happened["incident_understood"])
    return happened.get("moved_to_waiting", {}).get("reason") or events[-1]["name"]


def test_each_story_lands_where_it_should(browser, stack):
    told = STORIES | FIRST
    assert {story: landed(browser, stack, story) for story in told} == told
