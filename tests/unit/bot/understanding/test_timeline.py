"""Which day is that of the facts, and which that of the order."""

from datetime import datetime

import pytest

from bot.understanding.fields import plain_words
from bot.understanding.folding import fold
from bot.understanding.timeline import read_days


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("commandé le 2/11, livré cassé le 12/11", {"order_date": "2026-11-02", "incident_date": "2026-11-12"}),
        ("J'ai payé 350 € le 3 novembre pour une formation chez LearnUp", {"order_date": "2026-11-03"}),
        ("mail reçu le 10 novembre, 300 € prélevés le 14", {"incident_date": "2026-11-14"}),
        ("on est vendredi et toujours rien", {}),
        ("J'ai porté plainte hier, les faits datent du 5 novembre", {"incident_date": "2026-11-05"}),
        ("la semaine passée on m'a insulté", {}),
        ("il va venir ce soir chercher le colis", {}),
        ("j'ai retourné la veste le 4 novembre", {}),
        ("on vient de me débiter 80 €", {"incident_date": "2026-11-23"}),
        ("je viens de faire un virement de 900 € à un escroc", {"incident_date": "2026-11-23"}),
        ("je viens de me faire arnaquer de 40 €", {"incident_date": "2026-11-23"}),
        ("on vient de me faire perdre 900 €", {"incident_date": "2026-11-23"}),
        ("je viens d'envoyer 200 € à un inconnu", {"incident_date": "2026-11-23"}),
        ("je viens de voir qu'on m'a débité 80 € le 3 novembre", {"incident_date": "2026-11-03"}),
        ("Télé commandée chez Krëfel le 30 octobre 2026, écran fissuré", {"order_date": "2026-10-30"}),
        ("deux vestes commandées le 30 octobre chez Zalando", {"order_date": "2026-10-30"}),
        ("J'ai payé 540 € par virement le 20 août 2026 à CoachPro pour une formation", {"order_date": "2026-08-20"}),
        ("un crédit ouvert à mon nom le 5 octobre", {"incident_date": "2026-10-05"}),
        ("Né le 3/4/1950, on m'a volé ma carte hier", {"incident_date": "2026-11-22"}),
        ("colis prévu le 20 novembre, commandé le 1er novembre", {"order_date": "2026-11-01"}),
        ("acheté chez Hubo en ligne le 02-11-2026", {"order_date": "2026-11-02"}),
    ],
)
def test_each_day_gets_its_role(told: str, days: dict[str, str], now: datetime) -> None:
    assert read_days(plain_words(told, fold(told)), now) == days
