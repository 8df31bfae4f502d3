"""HTTP as SPARQL servers need it: kept connections, retries, a time limit, credentials.

Environment: ``KG_ENDPOINT_TIMEOUT`` (seconds an answer may take), ``KG_ENDPOINT_USER`` with
``KG_ENDPOINT_PASSWORD`` (Basic or Digest, as the server asks), ``KG_ENDPOINT_TOKEN`` (Bearer);
servers of another kind have another prefix, so that no secret goes to the wrong one.
"""

from __future__ import annotations

import http.client
import os
import re
import socket
import ssl
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from kg import __version__
from kg.errors import KgError, QueryError, StoreError, UsageError

TIMEOUT = 60.0
PAUSES = (0.5, 1.0, 2.0)
"""Seconds before each new attempt, unless the server asks for more."""
_LONGEST_PAUSE = 10.0
_BUSY = (429, 502, 503, 504)
_REDIRECTS = (301, 302, 307, 308)
_BROKEN = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError,
           http.client.RemoteDisconnected, http.client.IncompleteRead)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; names of headers in small letters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """Its media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def words(self) -> str:
        """The server's own words, short and without anything that a terminal would obey."""
        text = self.body[:4000].decode("utf-8", "replace")
        if "html" in self.media or text.lstrip()[:1] == "<":
            text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>|<[^>]*>", " ", text)
        text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
        text = text.partition(" SPARQL query:")[0]  # Virtuoso repeats the query
        return text if len(text) <= 200 else text[:197] + "…"


class Wire:
    """The way to a server; keeps its connections open. Not for several threads at once."""

    def __init__(self, url: str, prefix: str = "KG_ENDPOINT", limit: float = TIMEOUT) -> None:
        """See the module for the environment.

        Args:
            url: where to.
            prefix: how the names of the environment begin.
            limit: seconds an answer may take, unless the environment says otherwise.

        Raises:
            UsageError: the URL is none, or has credentials in it.
        """
        parts = _parts(url)
        if parts.username or parts.password:
            raise UsageError(
                f"{shown(url)}: no credentials in an address, it is shown and logged; set "
                f"{prefix}_USER and {prefix}_PASSWORD"
            )
        self._host = parts.scheme, parts.netloc
        self._prefix = prefix
        self._user = os.environ.get(f"{prefix}_USER", "")
        self._password = os.environ.get(f"{prefix}_PASSWORD", "")
        self._token = os.environ.get(f"{prefix}_TOKEN", "")
        self._challenge = ""
        self._limit = _limit(prefix, limit)
        self._kept: dict[tuple[str, str], http.client.HTTPConnection] = {}
        self._reached = False
        weakref.finalize(self, _close_all, self._kept)

    @property
    def has_credentials(self) -> bool:
        """Whether a user or token is set."""
        return bool(self._user or self._token)

    def send(self, method: str, url: str, body: bytes = b"", *, again: bool = True,
             **headers: str) -> Reply:  # fmt: skip
        """Send a request and read the whole answer, whatever its status.

        Args:
            method: of HTTP.
            url: where to; credentials go to the host of the wire only.
            body: what to send.
            again: try again where the server is busy or the connection breaks; for what may be
                done twice.
            headers: with ``_`` for ``-``.

        Raises:
            StoreError: there is no answer, or it breaks off, or comes too late.
        """
        pauses = list(PAUSES) if again else []
        if not again:
            self.close()  # a kept connection may have gone, and nobody could tell when
        while True:
            pause = None
            try:
                reply = self._without_secrets(self._redirected(method, url, body, headers))
                if reply.status not in _BUSY or not pauses:
                    return reply
                pause = _asked_pause(reply)
            except _BROKEN as error:
                if not pauses:
                    raise StoreError(
                        f"{shown(url)}: the connection broke off ({_reason(error)}), "
                        "see that the server runs, and try again"
                    ) from error
            except ConnectionRefusedError as error:
                if not self._reached or not pauses:  # one that answered before may come back
                    raise _unreachable(url, error) from error
            self.close()
            time.sleep(max(pauses.pop(0), min(pause or 0.0, _LONGEST_PAUSE)))

    def _without_secrets(self, reply: Reply) -> Reply:
        """A reply whose words may be shown: some servers repeat what they were sent."""
        body = reply.body
        for secret in (self._token, self._password):
            if secret and reply.status >= 400:
                body = body.replace(secret.encode(), "…".encode())
        return replace(reply, body=body)

    def close(self) -> None:
        """Close all connections."""
        _close_all(self._kept)

    def _redirected(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        for _ in range(6):
            reply = self._authorized(method, url, body, headers)
            if reply.status not in _REDIRECTS or "location" not in reply.headers:
                return reply
            target = urljoin(url, reply.headers["location"])
            if self.has_credentials and not self._is_ours(target):
                raise StoreError(
                    f"{shown(url)}: it redirects to {shown(target)}, where your credentials are "
                    "not sent; give that address itself if you trust it"
                )
            url = target
        raise StoreError(f"{shown(url)}: it redirects in a circle, check the address")

    def _authorized(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        reply = self._once(method, url, body, headers)
        for _ in range(2):  # once to learn the challenge, once where its nonce is stale
            challenge = reply.headers.get("www-authenticate", "")
            known = challenge.lower().startswith(("basic", "digest"))
            if reply.status != 401 or not self._user or not known or not self._is_ours(url):
                break
            if challenge == self._challenge:
                break
            self._challenge = challenge
            reply = self._once(method, url, body, headers)
        return reply

    def _is_ours(self, url: str) -> bool:
        parts = urlsplit(url)
        return (parts.scheme, parts.netloc) == self._host

    def _once(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        parts = _parts(url)
        all_headers = {"User-Agent": f"kg/{__version__}", "Connection": "keep-alive"}
        all_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        if self._is_ours(url) and (secret := self._authorization(method, url, body)):
            all_headers["Authorization"] = secret
        work = (parts, method, body, all_headers)
        is_kept = (parts.scheme, parts.netloc) in self._kept
        try:
            try:
                return self._exchange(*work)
            except _BROKEN:
                self.close()
                if not is_kept:
                    raise
                return self._exchange(*work)  # a kept connection that the server had given up
        except (*_BROKEN, ConnectionRefusedError):
            self.close()
            raise
        except TimeoutError as error:
            self.close()
            raise StoreError(
                f"{shown(url)}: no whole answer within {self._limit:g} seconds, ask for less, or "
                f"set {self._prefix}_TIMEOUT higher"
            ) from error
        except ssl.SSLError as error:
            self.close()
            raise StoreError(
                f"{shown(url)}: no secure connection ({_reason(error)}), check the address, or "
                "name the certificate to trust by SSL_CERT_FILE"
            ) from error
        except (http.client.HTTPException, OSError) as error:
            self.close()
            raise _unreachable(url, error) from error

    def _exchange(
        self, parts: SplitResult, method: str, body: bytes, headers: Mapping[str, str]
    ) -> Reply:
        end = time.monotonic() + self._limit
        key = parts.scheme, parts.netloc
        if key not in self._kept:
            self._kept[key] = _connection(parts, self._limit)
        connection = self._kept[key]
        target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        if parts.scheme == "http" and connection.host != parts.hostname:  # by a proxy
            target = parts.geturl()
        connection.request(method, target, body=body or None, headers=dict(headers))
        sock = connection.sock
        response = connection.getresponse()
        self._reached = True
        chunks = []
        while chunk := response.read1(1 << 16):
            chunks.append(chunk)
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            sock.settimeout(left)  # drop by drop takes no longer than all at once
        if response.length:
            raise http.client.IncompleteRead(b"", response.length)
        response.close()
        if response.will_close:
            self._kept.pop(key).close()
        elif sock.fileno() >= 0:
            sock.settimeout(self._limit)
        names = {name.lower(): value for name, value in response.getheaders()}
        return Reply(parts.geturl(), response.status, names, b"".join(chunks))

    def _authorization(self, method: str, url: str, body: bytes) -> str:
        if self._token:
            return f"Bearer {self._token}"
        if self._challenge.lower().startswith("basic"):
            import base64

            pair = f"{self._user}:{self._password}".encode()
            return f"Basic {base64.b64encode(pair).decode()}"
        if self._challenge.lower().startswith("digest"):
            return self._digest(method, url, body)
        return ""

    def _digest(self, method: str, url: str, body: bytes) -> str:
        """RFC 7616, by the standard library."""
        from urllib import request

        known = request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, url, self._user, self._password)
        terms = request.parse_http_list(self._challenge.partition(" ")[2])
        asked = request.Request(url, body or None, method=method)  # noqa: S310  # http(s) only
        handler = request.HTTPDigestAuthHandler(known)
        answer = handler.get_authorization(asked, request.parse_keqv_list(terms))
        return f"Digest {answer}" if answer else ""


def _close_all(kept: dict[tuple[str, str], http.client.HTTPConnection]) -> None:
    for connection in kept.values():
        connection.close()
    kept.clear()


def _limit(prefix: str, default: float) -> float:
    given = os.environ.get(f"{prefix}_TIMEOUT", "")
    try:
        limit = float(given) if given else default
    except ValueError:
        limit = 0.0
    if not 0 < limit < 1e6:
        raise UsageError(f"{prefix}_TIMEOUT is '{given}', set it to seconds, such as 60")
    return limit


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_clean = url.isascii() and url.isprintable() and " " not in url
        if is_clean and parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:
        pass
    raise UsageError(f"'{shown(url)}' is no address of a server, write https://host/path")


def _connection(parts: SplitResult, limit: float) -> http.client.HTTPConnection:
    """A connection, by the proxy that the environment names, if any."""
    from urllib.request import getproxies, proxy_bypass

    host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    proxy = getproxies().get(parts.scheme)
    if not proxy or proxy_bypass(host):
        return kind(host, port, timeout=limit)
    by = urlsplit(proxy if "//" in proxy else f"//{proxy}")
    connection = kind(str(by.hostname), by.port or 3128, timeout=limit)
    if parts.scheme == "https":
        connection.set_tunnel(host, port)
    return connection


def _asked_pause(reply: Reply) -> float:
    value = reply.headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdigit() else 0.0


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.IncompleteRead):
        return "in the middle of an answer"
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _unreachable(url: str, error: Exception) -> StoreError:
    if isinstance(error, socket.gaierror):
        reason, mend = "there is no such host", "check the address"
    elif isinstance(error, http.client.HTTPException):
        reason, mend = "what answers there is no web server", "check address and port"
    else:
        reason, mend = _reason(error), "see that the server runs, and check address and port"
    return StoreError(f"{shown(url)}: cannot be reached ({reason}), {mend}")


def shown(url: str) -> str:
    """An address as it may be shown: without credentials, and without what stands behind ``?``."""
    bare = re.sub(r"(?<=//)[^/?#]*@", "", url.partition("?")[0].partition("#")[0])
    return "".join(c if c.isprintable() else " " for c in bare)[:200]


def complaint(reply: Reply, *, does: str = "the query") -> KgError:
    """What to tell of an answer that is an error (RFC 9110, section 15.5 and 15.6)."""
    place, words = shown(reply.url), f": {reply.words}" if reply.words else ""
    if reply.status == 400:
        return QueryError(f"{place}: the server refuses {does} (400){words}")
    if reply.status in (401, 403):
        mend = (
            "set KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN, to those of one "
            "who may"
        )
        return StoreError(f"{place}: not allowed ({reply.status}), {mend}")
    if reply.status in (404, 405, 410):
        return StoreError(
            f"{place}: no SPARQL is spoken at this address ({reply.status}), check it; it often "
            "ends in /sparql or /query"
        )
    if reply.status == 413:
        return StoreError(f"{place}: too much at once for the server (413), ask or send less")
    what = "is busy" if reply.status in _BUSY else "failed"
    return StoreError(f"{place}: the server {what} ({reply.status}){words}, try again later")
