import re

from bot.settings import ROOT, Settings

EXAMPLE = (ROOT / ".env.example").read_text()
DOCUMENTED = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
VARIABLES = {field.alias or f"CYBERCARE_{name.upper()}": field for name, field in Settings.model_fields.items()}


def test_every_setting_is_documented_and_nothing_else():
    assert set(DOCUMENTED) == set(VARIABLES)


def test_the_documented_defaults_are_the_real_ones():
    for variable, field in VARIABLES.items():
        default = field.default
        if hasattr(default, "get_secret_value"):
            default = default.get_secret_value()
        shown = DOCUMENTED[variable]
        if variable == "CYBERCARE_VAR":
            assert (ROOT / shown) == default
        elif isinstance(default, list):
            assert shown == str(default).replace("'", '"')
        else:
            assert shown == str(default)
