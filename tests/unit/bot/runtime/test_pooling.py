import asyncio
import socket

import psycopg
import pytest

from bot.runtime.pooling import _check_silently_async, check_silently


class Connection:
    """An idle connection over a socket pair; it remembers whether the server was asked."""

    def __init__(self):
        self.ours, self.servers = socket.socketpair()
        self.autocommit, self.asked = True, 0

    def fileno(self):
        return self.ours.fileno()

    def execute(self, _query):
        self.asked += 1
        if not self.ours.recv(1):
            raise psycopg.OperationalError


class AsyncConnection(Connection):
    async def execute(self, query):
        super().execute(query)


@pytest.fixture(params=["in threads", "on the event loop"])
def check(request):
    def check_async(connection):
        asyncio.run(_check_silently_async(connection))

    return (Connection, check_silently) if request.param == "in threads" else (AsyncConnection, check_async)


@pytest.fixture
def connection(check):
    made = check[0]()
    yield made
    made.ours.close()
    made.servers.close()


def test_a_live_connection_passes_without_asking_the_server(check, connection):
    check[1](connection)
    assert connection.asked == 0


def test_a_connection_on_which_the_server_hung_up_is_refused(check, connection):
    connection.servers.close()
    with pytest.raises(psycopg.OperationalError):
        check[1](connection)


def test_a_connection_with_a_notice_on_it_is_asked_and_passes(check, connection):
    connection.servers.send(b"N")
    check[1](connection)
    assert connection.asked == 1
