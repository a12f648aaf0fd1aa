"""The client against a real server that misbehaves; time is a variable."""

from __future__ import annotations

import ast
import gzip
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from etl.demo import faults
from etl.demo.faults import Fault
from etl.demo.replica import Replica
from etl.errors import (
    ConfigurationError,
    DocumentFault,
    SourceUnreachable,
    Stopped,
)
from etl.model.record import Validators
from etl.sources.client import Client, Patience, Rates, user_agent

XML = b"<officiele-publicatie>" + b"<al>Klopt het bericht?</al>" * 500 + b"</x>"
BODY = {"xml": XML}
NAME = "ah-tk-20222023-1505"
BRIEF = Patience(read=0.2, deadline=0.3, budget=0.3)


class Clock:
    """Time that only passes by sleeping."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.sleeps: list[float] = []
        self.stopped = False

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        start = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
        return start + timedelta(seconds=self.seconds - 1000.0)

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.seconds += seconds


@pytest.fixture
def replica() -> Iterator[Replica]:
    with Replica() as replica:
        replica.publish(NAME, BODY)
        yield replica


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(replica: Replica, clock: Clock) -> Iterator[Client]:
    with make_client(replica, clock) as client:
        yield client


def make_client(replica: Replica, time: Clock, rates: str = "", **other) -> Client:
    return Client(
        bases=[replica.sru_url, replica.publications_url],
        rates=Rates.parse(rates),
        user_agent=user_agent("beheer@example.nl"),
        stopping=lambda: time.stopped,
        **{
            "clock": time,
            "now": time.now,
            "sleep": time.sleep,
            "random": lambda: 1.0,
            **other,
        },
    )


@pytest.fixture
def url(replica: Replica) -> str:
    return f"{replica.publications_url}/{NAME}.xml"


def test_it_says_who_asks_and_how_to_reach_them(client, replica, url) -> None:
    client.get(url)
    agent = replica.requests[0].headers["user-agent"]
    assert agent.startswith("aanhangsel-etl/")
    assert agent.endswith(" (+beheer@example.nl)")


def test_a_contact_cannot_smuggle_in_a_header() -> None:
    assert "\n" not in user_agent("x@example.nl\r\nCookie: a\x00ë")
    assert "(" not in user_agent(None)


def test_a_compressed_body_arrives_whole(client, url) -> None:
    answer = client.get(url)
    assert (answer.status, answer.body, answer.url) == (200, XML, url)
    assert answer.media_type == "text/xml"
    assert answer.fetched_at == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_an_unchanged_body_is_not_sent_again(client, replica, url) -> None:
    first = client.get(url)
    validators = Validators(etag=first.etag, last_modified="Tue, 24 Nov 2026 12:00:00")
    second = client.get(url, validators=validators)
    assert (second.status, second.body) == (304, b"")
    headers = replica.requests[1].headers
    assert headers["if-none-match"] == first.etag
    assert headers["if-modified-since"] == "Tue, 24 Nov 2026 12:00:00"
    replica.change(NAME, "2026-11-23", {"xml": b"<new/>"})
    assert client.get(url, validators=validators).body == b"<new/>"


def test_requests_keep_to_the_rate(replica, clock, url) -> None:
    with make_client(replica, clock, rates="127.0.0.1=10/30") as client:
        for _ in range(4):
            client.get(url)
    assert clock.sleeps == [3.0, 3.0, 3.0]


def test_retries_and_redirects_keep_to_the_rate_too(replica, clock, url) -> None:
    replica.fault(faults.redirect(url), None, faults.status(503), None)
    with make_client(replica, clock, rates="127.0.0.1=1/100") as client:
        client.get(url)
        client.get(url)
    assert sum(clock.sleeps) == 300.0


def test_cookies_are_not_sent_back(client, replica, url) -> None:
    cookie = {"Set-Cookie": "spoor=1; Path=/"}
    replica.fault(faults.answer(200, b"x", cookie))
    client.get(url)
    client.get(url)
    assert "cookie" not in replica.requests[1].headers


@pytest.mark.parametrize("code", [408, 425, 429, 500, 502, 503, 504, 522, 524, 599])
def test_what_is_transient_is_tried_again(client, replica, clock, url, code) -> None:
    replica.fault(faults.status(code), faults.status(code))
    assert client.get(url).body == XML
    assert clock.sleeps == [0.5, 1.0]


def test_an_error_for_ever_ends_after_five_attempts(
    client, replica, clock, url
) -> None:
    replica.fault_at(NAME, faults.status(500), times=-1)
    with pytest.raises(SourceUnreachable) as raised:
        client.get(url)
    assert str(raised.value) == f"HTTP 500 (tried 5 times in 8 s): {url}"
    assert len(replica.requests) == 5
    assert clock.sleeps == [0.5, 1.0, 2.0, 4.0]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 451])
def test_other_errors_are_for_the_source_to_judge(client, replica, url, code) -> None:
    replica.fault(faults.status(code))
    assert client.get(url).status == code
    assert len(replica.requests) == 1


@pytest.mark.parametrize("wait", ["2", "900"])
def test_retry_after_in_seconds_is_obeyed(client, replica, clock, url, wait) -> None:
    replica.fault(faults.status(429, {"Retry-After": wait}))
    assert client.get(url).body == XML
    assert clock.sleeps == [float(wait)]


def test_retry_after_as_a_date_is_obeyed(client, replica, clock, url) -> None:
    date = format_datetime(clock.now() + timedelta(seconds=90), usegmt=True)
    replica.fault(faults.status(503, {"Retry-After": date}))
    client.get(url)
    assert clock.sleeps == [90.0]


@pytest.mark.parametrize("wait", ["Tue, 24 Nov 2020 12:00:00 GMT", "straks", "-1"])
def test_a_useless_retry_after_means_the_usual_wait(
    client, replica, clock, url, wait
) -> None:
    replica.fault(faults.status(429, {"Retry-After": wait}))
    client.get(url)
    assert clock.sleeps == [0.5]


def test_a_day_of_waiting_is_left_to_the_user(client, replica, clock, url) -> None:
    replica.fault(faults.status(429, {"Retry-After": "86400"}))
    with pytest.raises(SourceUnreachable, match="2026-11-25T12:00:00") as raised:
        client.get(url)
    assert "come back at" in str(raised.value)
    assert (len(replica.requests), clock.sleeps) == (1, [])


@pytest.mark.parametrize(
    "fault",
    [
        faults.truncated(XML[:100], len(XML)),
        faults.truncated_gzip(XML),
        faults.gzipped(b"no gzip at all"),
        faults.reset(),
        faults.raw(b""),
        faults.raw(b"\x00\x01garbage\r\n\r\n"),
        faults.raw(b"HTTP/1.1 twohundred OK\r\n\r\n"),
        faults.raw(b"HTTP/1.1 200 OK\r\nX: \x00\r\nContent-Length: 1\r\n\r\nx"),
        faults.raw(b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n"),
        faults.raw(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 8_000_000 + b"\r\n\r\n"),
        faults.raw(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nx"),
        faults.raw(
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy"
        ),
        faults.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"),
        faults.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc"),
        faults.raw(b"HTTP/1.1 206 Partial\r\nContent-Length: 1\r\n\r\nx"),
        faults.raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        faults.raw(b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\n\r\n"),
    ],
)
def test_a_garbled_or_short_answer_is_asked_for_again(
    client, replica, clock, url, fault: Fault
) -> None:
    replica.fault(fault)
    assert client.get(url).body == XML
    assert clock.sleeps == [0.5]


def test_garbage_for_ever_is_a_source_out_of_reach(client, replica, url) -> None:
    replica.fault_at(NAME, faults.raw(b"garbage\r\n\r\n"), times=-1)
    with pytest.raises(SourceUnreachable, match="tried 5 times"):
        client.get(url)


def test_too_small_a_content_length_of_a_gzip_body_is_noticed(
    client, replica, url
) -> None:
    data = gzip.compress(XML)
    short = {"Content-Encoding": "gzip", "Content-Length": str(len(data) - 9)}
    replica.fault(faults.answer(200, data, {**short, "Connection": "close"}))
    assert client.get(url).body == XML


def test_a_bomb_costs_its_document_and_little_memory(client, replica, url) -> None:
    replica.fault(faults.bomb(200_000_000))
    with pytest.raises(DocumentFault) as raised:
        client.get(url)
    assert raised.value.code == "document_too_large"
    assert raised.value.explanation.startswith(f"{url}: ")
    assert client.get(url).body == XML


def test_a_body_in_an_encoding_that_was_not_asked_for_is_told_with_its_address(
    client, replica, url
) -> None:
    replica.fault(faults.answer(200, XML, {"Content-Encoding": "br"}))
    with pytest.raises(DocumentFault, match=f"{url}: sent in an encoding") as raised:
        client.get(url)
    assert raised.value.code == "format_unknown"


def test_an_endless_body_ends_at_the_cap(client, replica, url) -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    body = (bytes(10_000) for _ in range(1000))

    def pieces() -> Iterator[bytes]:
        yield head
        yield from body

    replica.fault(faults.drip(pieces(), replica.over.wait, 0))
    with pytest.raises(DocumentFault, match="on the wire"):
        client.get(url, wire_cap=100_000)


def drip_head() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X: y\r\n"


def drip_body() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    while True:
        yield b"x"


@pytest.mark.parametrize("pieces", [drip_head, drip_body])
def test_a_dripping_answer_ends_at_the_deadline(
    replica, clock, url, pieces: Callable[[], Iterator[bytes]]
) -> None:
    replica.fault_at(NAME, faults.drip(pieces(), replica.over.wait), times=-1)
    started = time.monotonic()
    client = make_client(replica, clock, clock=time.monotonic)
    with client, pytest.raises(SourceUnreachable, match="deadline"):
        client.get(url, patience=BRIEF)
    assert time.monotonic() - started < BRIEF.deadline + 1


@pytest.mark.parametrize(
    "first", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"]
)
def test_silence_ends_at_the_read_timeout(replica, clock, url, first: bytes) -> None:
    silence = faults.drip(iter([first, b""]), replica.over.wait, 30)
    replica.fault(silence)
    with make_client(replica, clock) as client:
        assert client.get(url, patience=BRIEF).body == XML
    assert clock.sleeps == [0.5]


def test_a_connection_that_is_refused_is_tried_five_times(clock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    client = Client(
        bases=[base],
        rates=Rates(),
        user_agent="x",
        sleep=clock.sleep,
        clock=clock,
        random=lambda: 1.0,
    )
    with client, pytest.raises(SourceUnreachable, match=f"5 times.*{base}/a"):
        client.get(f"{base}/a")
    assert len(clock.sleeps) == 4


def test_a_name_that_does_not_resolve_is_a_source_out_of_reach(clock) -> None:
    base = "http://bestaat-niet.invalid"
    client = Client(bases=[base], rates=Rates(), user_agent="x", sleep=clock.sleep)
    with client, pytest.raises(SourceUnreachable, match="cannot be resolved"):
        client.get(base)


def test_a_signal_ends_a_long_wait(replica, clock, url) -> None:
    replica.fault(faults.status(429, {"Retry-After": "600"}))

    def woken(_: float) -> None:
        clock.stopped = True

    with make_client(replica, clock, sleep=woken) as client, pytest.raises(Stopped):
        client.get(url)
    assert len(replica.requests) == 1


def test_a_signal_lets_the_answer_under_way_arrive(client, clock, url) -> None:
    clock.stopped = True
    assert client.get(url).body == XML


class Outside:
    """Another server on this machine, which must never be asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outside = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outside.asked.append(self.path)

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]


@pytest.fixture
def outside() -> Iterator[Outside]:
    outside = Outside()
    thread = threading.Thread(target=outside.server.serve_forever, args=(0.02,))
    thread.start()
    yield outside
    outside.server.shutdown()
    thread.join()
    outside.server.server_close()


HOSTILE = """http://127.0.0.1:{port}/ http://localhost:{port}/ http://[::1]:{port}/
http://0.0.0.0:{port}/ http://127.1:{port}/ http://2130706433:{port}/
http://0x7f000001:{port}/ http://0177.0.0.1:{port}/ http://[::ffff:127.0.0.1]:{port}/
https://127.0.0.1:{own}/ http://user@127.0.0.1:{own}/ http://user:pw@127.0.0.1:{own}/
http://127.0.0.1:{own}@127.0.0.1:{port}/ //127.0.0.1:{port}/ ///127.0.0.1:{port}/
http://169.254.169.254/latest/meta-data/ http://10.0.0.1/ http://192.168.0.1/
http://zoek.officielebekendmakingen.nl.example/ http://example.nl/ http://127.0.0.1/
http://xn--80ak6aa92e.com/ http://xn--zoek-example-org.nl/ http://127。0。0。1:{port}/ http://localhost.:{port}/
ftp://127.0.0.1:{own}/ file:///etc/passwd gopher://127.0.0.1:{own}/
http://127.0.0.1:99999999/ javascript:alert(1) data:text/html,x ws://127.0.0.1:{own}/
http://127.0.0.1:{port}\\@127.0.0.1:{own}/ http://127.0.0.1:{port}#@127.0.0.1:{own}/
http://127.0.0.1:{port}?@127.0.0.1:{own}/ HTTP://127.0.0.1:{port}/""".split()


@pytest.mark.parametrize("target", HOSTILE)
def test_a_redirect_never_leads_elsewhere(
    client, replica, outside, url, target: str
) -> None:
    own = replica.publications_url.rpartition(":")[2]
    location = target.format(port=outside.port, own=own)
    replica.fault(faults.redirect(location.encode().decode("latin-1")))
    try:
        answer = client.get(url)
    except SourceUnreachable:
        pytest.fail("a refusal is no reason to try again")
    assert outside.asked == []
    if answer.status == 302:
        assert len(replica.requests) == 1
    else:
        # What urls make of it may also be a path on the very same host.
        assert all(one.headers["host"].endswith(own) for one in replica.requests)


@pytest.mark.parametrize("target", HOSTILE)
def test_a_request_never_goes_elsewhere(client, replica, outside, target: str) -> None:
    own = replica.publications_url.rpartition(":")[2]
    address = target.format(port=outside.port, own=own)
    with pytest.raises(DocumentFault) as raised:
        client.get(address)
    assert raised.value.code == "request_refused"
    assert (outside.asked, replica.requests) == ([], [])


def test_a_redirect_on_the_same_host_is_followed(client, replica, url) -> None:
    replica.fault(faults.redirect(f"/{NAME}.xml"), faults.redirect(url, 301))
    answer = client.get(f"{replica.publications_url}/ah-1271549.xml")
    assert (answer.status, answer.url, answer.body) == (200, url, XML)


@pytest.mark.parametrize("hops", [6, 50])
def test_after_five_redirects_it_is_enough(client, replica, url, hops: int) -> None:
    replica.fault(*[faults.redirect(url)] * hops)
    answer = client.get(url)
    assert (answer.status, answer.body) == (302, b"")
    assert len(replica.requests) == 6


def test_five_redirects_are_followed(client, replica, url) -> None:
    replica.fault(*[faults.redirect(url)] * 5)
    assert client.get(url).body == XML


def test_a_name_rebound_to_a_private_address_is_refused(replica, clock) -> None:
    port = replica.publications_url.rpartition(":")[2]
    base = f"http://zoek.officielebekendmakingen.nl:{port}"
    client = Client(
        bases=[base],
        rates=Rates(),
        user_agent="x",
        sleep=clock.sleep,
        resolve=lambda host, port: ["127.0.0.1"],
    )
    with client, pytest.raises(SourceUnreachable, match="private address"):
        client.get(f"{base}/{NAME}.xml")
    assert (replica.requests, clock.sleeps) == ([], [])


@pytest.mark.parametrize(
    "base", ["zoek.nl", "ftp://zoek.nl", "http://", "http://[", "http://a@b.nl"]
)
def test_a_base_that_is_no_address_is_said_before_any_work(base: str) -> None:
    with pytest.raises(ConfigurationError):
        Client(bases=[base], rates=Rates(), user_agent="x")


def certificate(folder: Path) -> Path:
    """A certificate for localhost that nobody vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = folder / "localhost.pem"
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server with a self-signed certificate: its address and that certificate."""
    path = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            faults.page(XML)(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"https://localhost:{server.server_address[1]}", path
    server.shutdown()
    thread.join()
    server.server_close()


def tls_client(base: str, clock: Clock, **other) -> Client:
    return Client(
        bases=[base],
        rates=Rates(),
        user_agent="x",
        sleep=clock.sleep,
        resolve=lambda host, port: ["127.0.0.1"],
        **other,
    )


def test_a_certificate_that_nobody_vouches_for_is_refused(secure, clock) -> None:
    base, _ = secure
    with (
        tls_client(base, clock) as client,
        pytest.raises(SourceUnreachable, match="self-signed certificate"),
    ):
        client.get(f"{base}/a.xml")


def test_a_certificate_for_another_host_is_refused(secure, clock) -> None:
    base, path = secure
    other = base.replace("localhost", "127.0.0.1")
    trusting = ssl.create_default_context(cafile=str(path))
    with (
        tls_client(other, clock, verify=trusting) as client,
        pytest.raises(SourceUnreachable, match="certificate is not valid for"),
    ):
        client.get(f"{other}/a.xml")


def test_a_certificate_that_is_trusted_opens_the_way(secure, clock) -> None:
    base, path = secure
    trusting = ssl.create_default_context(cafile=str(path))
    with tls_client(base, clock, verify=trusting) as client:
        assert client.get(f"{base}/a.xml").body == XML


def test_verification_is_never_off() -> None:
    for path in (Path(__file__).parents[2] / "etl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "verify":
                assert not isinstance(node.value, ast.Constant), path
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"CERT_NONE", "check_hostname"}, path
