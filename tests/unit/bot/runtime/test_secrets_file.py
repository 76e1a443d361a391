from bot.runtime.secrets_file import NAMES, local_secrets


def test_secrets_are_generated_once_and_kept(tmp_path):
    first = local_secrets(tmp_path)
    assert set(first) == set(NAMES)
    assert len(set(first.values())) == len(NAMES)
    assert local_secrets(tmp_path) == first


def test_only_the_owner_may_read_them(tmp_path):
    local_secrets(tmp_path)
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600


def test_a_missing_one_is_added_and_the_others_stay(tmp_path):
    (tmp_path / "secrets.env").write_text(f"{NAMES[0]}=mine\n")
    assert local_secrets(tmp_path)[NAMES[0]] == "mine"
    assert local_secrets(tmp_path)[NAMES[1]]
