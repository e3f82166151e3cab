import asyncio
import socket

from server.serving import ListenAddress, listen


async def _option_of_an_accepted_connection(listener: socket.socket) -> int:
    accepted: asyncio.Queue[int] = asyncio.Queue()

    async def note(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = writer.get_extra_info("socket")
        await accepted.put(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(note, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname())
        option = await accepted.get()
        writer.close()
        await writer.wait_closed()
    return option


def test_no_answer_waits_to_fill_a_packet() -> None:
    with listen(ListenAddress("127.0.0.1", 0)) as listener:
        assert asyncio.run(_option_of_an_accepted_connection(listener))
