import shutil
from pathlib import Path

import pytest
import yaml

from bot.catalogue import catalogue, load
from bot.catalogue.loading import DATA
from bot.catalogue.sync import sync
from bot.errors import CatalogueError


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def edit(data: Path, change) -> None:
    file = data / "nlu" / "incidents" / "insults.yml"
    raw = yaml.safe_load(file.read_text())
    change(raw["incident"])
    file.write_text(yaml.safe_dump(raw, allow_unicode=True))


def test_there_are_the_four_families_with_at_least_four_sub_types_each():
    families = catalogue().families
    assert set(families) == {"fraud", "suspicious_behaviour", "failed_delivery", "insults"}
    assert all(len(family.subtypes) >= 4 for family in families.values())


def test_every_step_of_advice_names_its_source_and_when_it_was_verified():
    for family in catalogue().families.values():
        for subtype in family.subtypes.values():
            assert 3 <= len(subtype.advice) <= 6, subtype.id
            assert all(step.source.page and step.source.verified for step in subtype.advice)


def test_urgent_money_advice_starts_with_the_one_number_that_blocks_cards():
    for subtype in catalogue().families["fraud"].subtypes.values():
        if subtype.severity == "fresh_money":
            first_two = subtype.advice[0].do + subtype.advice[1].do
            assert "078 170 170" in first_two, subtype.id


def test_where_money_is_fresh_the_bank_is_asked_about_last():
    for family in catalogue().families.values():
        for subtype in family.subtypes.values():
            if subtype.severity == "fresh_money":
                assert subtype.fields[-1] == "bank_contacted", subtype.id


def test_no_incident_asks_many_questions():
    for family in catalogue().families.values():
        for subtype in family.subtypes.values():
            assert 1 < len(subtype.fields) <= (4 if subtype.psychologist else 5), subtype.id


def test_where_intimate_images_may_be_meant_the_evidence_says_not_to_send_them():
    for place in (
        ("insults", "intimate_images"),
        ("insults", "minor_bullying"),
        ("suspicious_behaviour", "webcam_blackmail"),
    ):
        assert "N'envoyez jamais" in catalogue().subtype(*place).evidence_note


def test_there_are_questions_between_sub_types_whose_typed_yes_and_no_lead_somewhere():
    straddles = catalogue().straddles
    assert len(straddles) >= 10
    assert len({straddle.between for straddle in straddles}) == len(straddles)
    one = catalogue().straddle(("failed_delivery", "not_delivered"), ("fraud", "fake_shop"))
    assert one is not None
    assert one == catalogue().straddle(("fraud", "fake_shop"), ("failed_delivery", "not_delivered"))
    assert catalogue().straddle(("fraud", "fake_shop"), ("insults", "threats")) is None


def test_what_rasa_needs_is_in_step_with_the_catalogue():
    assert sync(check=True) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda i: i["subtypes"]["threats"].pop("label"), "threats: label is missing"),
        (lambda i: i["subtypes"]["threats"].update(severity="huge"), "severity: 'huge' is unknown; use one of"),
        (lambda i: i["subtypes"]["threats"].update(fields=["shoe_size"]), "'shoe_size' is not in fields.yml"),
        (lambda i: i["subtypes"]["threats"].update(colour="red"), "unknown key 'colour'"),
        (lambda i: i["subtypes"]["threats"].update(button="x" * 41), "at most 40"),
        (lambda i: i["subtypes"]["threats"].update(advice=[]), "give one to six"),
        (lambda i: i["subtypes"]["threats"]["advice"][0].update(do="Appelez le 070 344 344."), "use a {contact}"),
        (lambda i: i["subtypes"]["threats"]["advice"][0].update(do="Voyez https://x.be"), "use a {contact}"),
        (lambda i: i["subtypes"]["threats"]["advice"][0].update(do="Appelez {nobody}."), "nobody"),
        (lambda i: i["subtypes"]["threats"].update(evidence_note="Voyez www.x.be"), "use a {contact}"),
        (lambda i: i["straddles"][0].update(between=["insults/threats"]), "between: name two sub-types"),
        (lambda i: i["straddles"][0].update(between=["insults/threats", "x/y"]), "'x/y' is no sub-type"),
        (lambda i: i["straddles"][0]["answers"].update({"Bof": "insults/none"}), "'insults/none' is no sub-type"),
        (lambda i: i["straddles"][0].update(answers={"Oui": "insults/intimate_images"}), "two or three"),
        (lambda i: i["straddles"][0]["answers"].update({"x" * 41: "insults/threats"}), "at most 40"),
        (lambda i: i.update(family="insult"), "should be the file's name"),
        (lambda i: i["subtypes"].update({"Été": i["subtypes"]["threats"]}), "snake_case"),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_remedy(data: Path, change, said: str):
    edit(data, change)
    with pytest.raises(CatalogueError, match="insults.yml") as caught:
        load(data)
    assert said in str(caught.value)


def test_an_unreadable_file_is_refused_by_name(data: Path):
    (data / "nlu" / "incidents" / "fraud.yml").write_text("incident: [")
    with pytest.raises(CatalogueError, match=r"fraud\.yml: cannot be read"):
        load(data)


def test_buttons_of_a_field_say_yes_and_no_only(data: Path):
    file = data / "fields.yml"
    file.write_text(file.read_text().replace('"Pas encore": false', '"Pas encore": peut-être'))
    with pytest.raises(CatalogueError, match=r"bank_contacted: buttons"):
        load(data)
