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
