"""What the desk searches: stored words of messages, claims and members, each with a GIN index.

Members' and advisers' words only: the bot's advice says the same to everybody. Accents are dropped before stemming,
because people in a hurry leave them out; PostgreSQL's own `unaccent` is missing from the embedded one. The columns
belong to no Django model: the desk alone asks for them (bot/desk/search.py), and nobody else should load them.
"""

from django.db import migrations

ACCENTS = "àâäáãåçéèêëîïíìôöóòõùûüúÿñ’", "aaaaaaceeeeiiiiooooouuuuyn'"
COLUMNS = {
    "conversations_message": "CASE WHEN author IN ('member', 'adviser') THEN cybercare_words(text) END",
    "claims_claim": "cybercare_words(story)",
    "members_member": "to_tsvector('simple'::regconfig, cybercare_folded(first_name || ' ' || last_name))",
}
MAKE = [
    "CREATE FUNCTION cybercare_folded(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ "
    "SELECT replace(replace(translate(lower($1), '{}', '{}'), 'œ', 'oe'), 'æ', 'ae') $$".format(
        ACCENTS[0], ACCENTS[1].replace("'", "''")
    ),
    "CREATE FUNCTION cybercare_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ "
    "SELECT to_tsvector('pg_catalog.french'::regconfig, public.cybercare_folded($1)) $$",
    *(f"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS ({words}) STORED" for table, words in COLUMNS.items()),
    *(f"CREATE INDEX {table}_search ON {table} USING gin (search)" for table in COLUMNS),
]
UNDO = [
    *(f"ALTER TABLE {table} DROP COLUMN search" for table in COLUMNS),
    "DROP FUNCTION cybercare_words(text)",
    "DROP FUNCTION cybercare_folded(text)",
]


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0001_initial"),
        ("conversations", "0005_desk"),
        ("claims", "0003_edits"),
        ("members", "0001_initial"),
    ]
    operations = [migrations.RunSQL(MAKE, UNDO)]
