"""What the engine remembers (engine/memory.py): one row per turn. Rasa's own table, once made beside it, goes."""

from django.db import migrations

# The collation lets `memory LIKE '<conversation>:%'` use the index, whatever the database's language.
CREATE = """
CREATE TABLE engine.turns (
    memory text COLLATE "C" NOT NULL,
    number integer NOT NULL,
    events json NOT NULL,
    state json NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (memory, number)
);
DROP TABLE IF EXISTS engine.events;
"""


class Migration(migrations.Migration):
    dependencies = [("conversations", "0005_desk")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE engine.turns")]
