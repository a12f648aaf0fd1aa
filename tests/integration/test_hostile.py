"""What no honest house would send, or more than ever at once, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from houses import Houses, houses

KAMER = "tweedekamer"


@pytest.fixture
def both(database: Any) -> Iterator[Houses]:
    with houses(database) as it:
        yield it


def test_all_documents_at_once_are_looked_through_in_time(
    both: Houses, database: Any
) -> None:
    with psycopg.connect(database.url("aanhangsel_writer")) as connection:
        connection.execute(
            """
            insert into etl.entity (
                entity_id, category, state, fields, refs, first_seen_at, last_changed_at
            )
            select
                md5(category || i)::uuid, category, 'kept',
                jsonb_build_object('nummer', '2020Z' || i, 'soort', category),
                case when category = 'Zaak' then '{}'
                    else jsonb_build_object('zaak', array[md5('Zaak' || i)::uuid]) end,
                now(), now()
            from unnest(array['Zaak', 'Document']) as category, generate_series(1, 45000) i
            """
        )
        connection.execute(
            "insert into etl.document_queue select entity_id::text from etl.entity"
            " where category = 'Document'"
        )
    due = both.store.documents(KAMER)
    assert len(due) == 45_000
    assert {len(record.metadata.zaaknummers) for record in due} == {1}
