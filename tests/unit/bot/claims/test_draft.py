from bot.catalogue import catalogue
from bot.claims.draft import UNKNOWN, Draft, shown


def draft(**values: object) -> Draft:
    return Draft("k", catalogue().subtype("failed_delivery", "not_delivered"), "une histoire", values)


def test_only_what_is_not_known_is_still_missing():
    fields = draft().subtype.fields
    assert [field.id for field in draft().missing] == list(fields)
    assert fields[0] not in [field.id for field in draft(**{fields[0]: UNKNOWN}).missing]


def test_values_read_as_belgians_write_them():
    fields = catalogue().fields
    assert shown(fields["amount_cents"], 125050).replace("\u202f", " ").replace("\xa0", " ") == "1 250,50 €"
    assert shown(fields["incident_date"], "2026-11-03") == "3 novembre 2026"
    assert shown(fields["police_report"], False) == "non"
    assert shown(fields["payment_means"], "transfer") == "Virement"
    assert shown(fields["merchant"], UNKNOWN) == "—"


def test_a_claim_stores_nothing_for_what_is_not_known():
    assert draft(merchant=UNKNOWN, amount_cents=100).answers() == {"merchant": None, "amount_cents": 100}


def test_no_choice_can_be_taken_for_not_knowing():
    choices = {choice for field in catalogue().fields.values() for choice in field.choices}
    assert UNKNOWN not in choices


def test_an_address_cannot_be_clicked():
    assert shown(catalogue().fields["url"], "https://evil.be/pay") == "evil[.]be/pay"


def test_what_the_story_says_besides_is_shown_too_as_it_is_stored():
    assert draft(platform="Facebook").told[-1] == "platform"
    assert "platform" not in draft(platform=UNKNOWN).told


def test_harm_by_someone_close_is_discreet():
    insults = catalogue().subtype("insults", "threats")
    assert Draft("k", insults, "", {"author_known": "partner"}).is_discreet
    assert Draft("k", insults, "mon ex me menace", {}).is_discreet
    assert not Draft("k", insults, "un inconnu me menace", {"author_known": "unknown"}).is_discreet
