"""The guard before every request: hosts and origins whole, headers of proxies, limits, what answers carry."""

import pytest

from ecopark.experiments.workshop.server.answers import safe_cookie, safe_headers
from ecopark.experiments.workshop.server.guard import MOST_BYTES, MOST_SOCKETS, Access, guard
from tests.workshop.faces_server import run_aside

HERE = Access(port=8765)
OUT = Access(port=8765, exposed=True, names=("park.example.org",), root_path="/park", proxies=("10.0.0.1",))


class Server:
    """An application behind the guard that notes what reaches it."""

    def __init__(self, access=HERE):
        self.scopes, self.read, self.app = [], [], guard(self.serve, access)

    async def serve(self, scope, receive, send):
        self.scopes.append(scope)
        if scope["type"] == "http":
            while (message := await receive()).get("more_body"):
                pass
            self.read.append(message["type"])
            cookie = (b"set-cookie", b"key=1; Path=/; SameSite=None")
            await send({"type": "http.response.start", "status": 200, "headers": [cookie]})
            await send({"type": "http.response.body", "body": b"page"})
        else:
            await send({"type": "websocket.accept"})

    def ask(self, *headers, kind="http", method="GET", path="/", client="127.0.0.1", own="127.0.0.1", body=b""):
        """Return what is sent back."""
        sent = []
        scope = {
            "type": kind, "method": method, "path": path, "scheme": "http" if kind == "http" else "ws",
            "client": (client, 50000), "server": (own, 8765), "root_path": "/forged",
            "headers": [tuple(part.encode() for part in header.split(": ", 1)) for header in headers],
        }  # fmt: skip
        parts = [body[place : place + 2**20] for place in range(0, max(1, len(body)), 2**20)]

        async def receive():
            part = parts.pop(0)
            return {
                "type": "http.request" if kind == "http" else "websocket.connect",
                "body": part,
                "more_body": bool(parts),
            }

        async def send(message):
            sent.append(message)

        run_aside(self.app(scope, receive, send))
        return sent

    def status(self, *headers, **terms):
        first = self.ask(*headers, **terms)[0]
        return {"websocket.accept": 101, "websocket.close": 403}.get(first["type"]) or first["status"]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8765", "127.0.0.1.evil.example:8765", "127.0.0.1:1", "127.0.0.1", "[::1%25evil]:8765",
     "localhost:8765.evil.example", "evil@localhost:8765", "", "192.168.0.7:8765", "park.example.org"],
)  # fmt: skip
def test_other_names_are_refused_on_this_machine(kind, host):
    server = Server()
    assert server.status(f"host: {host}", f"origin: http://{host}", kind=kind) == 403
    assert not server.scopes


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1:8765", "[::1]:8765", "LocalHost:8765"])
def test_own_names_are_served(kind, host):
    assert Server().status(f"host: {host}", f"origin: http://{host}", kind=kind) == (200 if kind == "http" else 101)


def test_no_host_or_two_are_refused():
    assert Server().status() == 403
    assert Server().status("host: localhost:8765", "host: evil.example") == 403


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://127.0.0.1.evil.example:8765", "null", "http://127.0.0.1:1", "https://127.0.0.1:8765",
     "http://localhost:8765", "http://127.0.0.1:87650", ""],
)  # fmt: skip
def test_pages_of_others_neither_open_sockets_nor_post(origin):
    for terms in ({"kind": "websocket"}, {"method": "POST"}, {"method": "DELETE"}):
        assert Server().status("host: 127.0.0.1:8765", f"origin: {origin}", **terms) == 403
        assert Server().status("host: 127.0.0.1:8765", **terms) == 403
        own = ("host: 127.0.0.1:8765", "origin: http://127.0.0.1:8765")
        assert Server().status(*own, **terms) == (101 if terms.get("kind") else 200)


@pytest.mark.parametrize(
    "name",
    [
        "X-Script-Name",
        "Script-Name",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Prefix",
        "Forwarded",
        "X-Real-IP",
    ],
)
def test_headers_of_proxies_change_nothing(name):
    server = Server()
    server.ask("host: localhost:8765", f"{name}: /evil")
    (scope,) = server.scopes
    assert [key for key, _ in scope["headers"]] == [b"host"]
    assert (scope["root_path"], scope["scheme"], scope["client"][0]) == ("", "http", "127.0.0.1")


def test_a_named_proxy_says_scheme_and_client_and_nothing_else():
    for client, scheme, seen in (("10.0.0.1", "https", "8.8.8.8"), ("10.0.0.2", "http", "10.0.0.2")):
        server = Server(OUT)
        head = (
            "host: park.example.org",
            "x-forwarded-proto: https",
            "x-forwarded-for: 1.1.1.1, 8.8.8.8",
            "x-forwarded-host: evil",
        )
        sent = server.ask(*head, client=client, own="10.0.0.9")
        (scope,) = server.scopes
        assert (scope["scheme"], scope["client"][0], scope["root_path"]) == (scheme, seen, "/park")
        cookie = dict(sent[0]["headers"])[b"set-cookie"]
        assert cookie.endswith(b"Secure") == (scheme == "https")
        own = ("host: park.example.org", f"origin: {scheme}://park.example.org", "x-forwarded-proto: https")
        assert Server(OUT).status(*own, kind="websocket", client=client) == 101


@pytest.mark.parametrize(
    ("host", "status"),
    [("192.168.0.7:8765", 200), ("park.example.org", 200), ("park.example.org:8765", 200), ("park.example.org.evil:8765", 403),
     ("192.168.0.8:8765", 403), ("evil.example:8765", 403), ("localhost:8765", 200)],
)  # fmt: skip
def test_an_exposed_server_has_its_address_and_the_names_given(host, status):
    assert Server(OUT).status(f"host: {host}", own="192.168.0.7") == status


def test_what_tells_of_the_inside_is_closed():
    for path in ("/resourcez", "/resourcez/", "/RESOURCEZ"):
        assert Server().status("host: localhost:8765", path=path) == 404
    assert Server(OUT).status("host: localhost:8765", path="/park/resourcez") == 404


def test_bodies_have_a_limit_whatever_their_header_says():
    own = ("host: localhost:8765", "origin: http://localhost:8765")
    assert Server().status(*own, f"content-length: {MOST_BYTES + 1}", method="POST") == 413
    assert Server().status(*own, "content-length: -1", method="POST") == 413
    server = Server()
    server.ask(*own, method="POST", body=b"x" * (MOST_BYTES + 1))
    assert server.read == ["http.disconnect"]


def test_pages_that_are_open_are_counted():
    server = Server()
    server.app._open = MOST_SOCKETS
    assert server.status("host: localhost:8765", "origin: http://localhost:8765", kind="websocket") == 403
    server.app._open = 0
    for _ in range(3):
        server.ask("host: localhost:8765", "origin: http://localhost:8765", kind="websocket")
    assert server.app._open == 0


def test_answers_refuse_frames_and_guessing():
    headers = dict(Server().ask("host: localhost:8765")[0]["headers"])
    assert headers[b"content-security-policy"] == b"frame-ancestors 'none'"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"set-cookie"] == b"key=1; Path=/; HttpOnly; SameSite=Lax"
    policy = dict(safe_headers([(b"Content-Security-Policy", b"default-src 'self';")], False))
    assert policy[b"Content-Security-Policy"] == b"default-src 'self'; frame-ancestors 'none'"


def test_cookies_keep_what_is_stricter():
    assert safe_cookie(b"a=b; samesite=strict; httponly", True) == b"a=b; HttpOnly; samesite=strict; Secure"


def test_start_and_end_of_the_server_pass():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["type"])

    run_aside(guard(app, HERE)({"type": "lifespan"}, None, None))
    assert seen == ["lifespan"]
