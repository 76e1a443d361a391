import os
import subprocess
import sys

import pytest

from bot.errors import WrongRows
from bot.members.importing import Imported, import_members
from bot.members.models import Member
from bot.settings import ROOT
from tests.web_server import database_url

pytestmark = pytest.mark.django_db(transaction=True)
FRENCH = """Numéro de contrat;Prénom;Nom;E-mail;GSM;Ménage
C-100;Jeanne;Dupont;Jeanne@Example.be;0470 12 34 56;F1
C-100;Luc;Dupont;;;F1
C-200;Łukasz;Öztürk-D'Hondt;;+33 6 12 34 56 78;
"""


def test_a_french_list_is_taken_over_in_the_form_that_is_stored():
    assert import_members(FRENCH.encode()) == Imported(added=3, changed=0, same=0, ended=0)
    jeanne = Member.objects.get(first_name="Jeanne")
    assert (jeanne.contract, jeanne.household, jeanne.email, jeanne.phone) == (
        "C-100",
        "F1",
        "Jeanne@example.be",
        "+32470123456",
    )
    assert Member.objects.get(contract="C-200").household == "C-200"


def test_an_english_list_with_commas_in_latin_1_is_taken_over_too():
    text = 'last name,first name,phone,contract number\n"Müller, dit Müli",Élise,,9\n'
    assert import_members(text.encode("latin-1")).added == 1
    assert Member.objects.get().last_name == "Müller, dit Müli"


@pytest.mark.parametrize("change", [lambda text: text, str.upper, lambda text: text.replace(";", ",")])
def test_the_same_list_again_changes_nobodys_identity(change):
    import_members(FRENCH.encode())
    before = set(Member.objects.values_list("pk", flat=True))
    done = import_members(change(FRENCH).encode("utf-8-sig"))
    assert (done.added, done.ended) == (0, 0)
    assert set(Member.objects.values_list("pk", flat=True)) == before


def test_the_very_same_list_changes_nothing_at_all():
    import_members(FRENCH.encode())
    assert import_members(FRENCH.encode()) == Imported(added=0, changed=0, same=3, ended=0)


def test_people_who_are_gone_end_only_when_asked_and_come_back():
    import_members(FRENCH.encode())
    shorter = "\n".join(FRENCH.splitlines()[:2])
    assert import_members(shorter.encode()).ended == 0
    assert import_members(shorter.encode(), replace=True).ended == 2
    assert list(Member.objects.filter(active=True).values_list("first_name", flat=True)) == ["Jeanne"]
    assert import_members(FRENCH.encode()).changed == 2
    assert Member.objects.filter(active=True).count() == 3


def test_wrong_rows_are_listed_with_their_line_and_nothing_is_imported():
    text = (
        "contract;first name;last name;email;gsm\n"
        "1;A;B;a@example.be;\n"
        '2;"C\nC";D;not an address;\n'
        "\n"
        ";E;F;;12\n"
        "1;a;b;;\n"
        f"=1;G;{'x' * 81};;\n"
    )
    with pytest.raises(WrongRows) as error:
        import_members(text.encode())
    assert str(error.value).splitlines()[1:] == [
        "line 3: email is no e-mail address",
        "line 6: contract is empty",
        "line 6: phone is no telephone number",
        "line 7: same person as line 2",
        "line 8: last_name has more than 80 characters",
        "line 8: contract may have letters, digits, spaces and . / _ - only",
    ]
    assert "not an address" not in str(error.value)
    assert not Member.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\n", b"contract;first name\n1;2\n", b"\xff\xfe\x00", b"name\nx\n"])
def test_a_list_without_its_headings_or_rows_is_refused(content):
    with pytest.raises(WrongRows):
        import_members(content, replace=True)


def test_a_list_of_headings_alone_never_ends_everybody():
    import_members(FRENCH.encode())
    with pytest.raises(WrongRows, match="no rows"):
        import_members(FRENCH.splitlines()[0].encode(), replace=True)
    assert Member.objects.filter(active=True).count() == 3


def test_twenty_thousand_people_take_seconds():
    rows = "".join(f"{number};Prénom{number};Nom;;\n" for number in range(20_000))
    text = "contrat;prénom;nom;e-mail;gsm\n" + rows
    for added in (20_000, 0):
        assert import_members(text.encode()).added == added


def test_the_command_reports_or_explains(tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(FRENCH)
    bad.write_text(FRENCH.replace("0470 12 34 56", "12"))

    def run(*arguments):
        environment = {**os.environ, "DATABASE_URL": database_url()}
        command = [sys.executable, "-m", "bot.cli", "import-members", *map(str, arguments)]
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    refused = run(bad)
    assert (refused.returncode, "line 2: phone" in refused.stderr) == (1, True)
    assert run(good, "--replace").stdout == "3 added, 0 changed, 0 the same, 0 made inactive\n"
