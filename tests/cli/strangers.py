# SPDX-License-Identifier: GPL-3.0-or-later
"""strangers.py URL [COUNT]: COUNT (default 10,000) random and malformed requests, connections that never finish
theirs, and oversized ones.  Meanwhile good requests must be answered, soon.  Ends with 1 and a reason if not.

The requests are made from one seed, so that a failure comes again."""
import random
import socket
import sys
import threading
import time
from urllib.parse import quote, urlsplit

SEED = 20240504
SLOW = 150  # connections that send a byte now and then
WAIT = 0.02  # seconds for an answer to what is no request, which waits for its rest
PATIENCE = 5.0  # seconds that a good request may take on a machine that is busy with other tests
random.seed(SEED)
host, port = urlsplit(sys.argv[1]).netloc.split(":")
count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
ROUTES = ["/search", "/suggest", "/facets", "/article/", "/similar/", "/", "/box.js", "/metrics", "/opensearch.xml"]
NAMES = ["q", "limit", "offset", "sort", "facet", "period", "month", "source", "entity", "match", "format", "x"]
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآةى \"'()*:+-؟،«»abcxyz0123<>&\\/%\t\u200f\u064b"


def connect():
    return socket.create_connection((host, int(port)), timeout=10)


def text():
    return "".join(random.choice(LETTERS) for _ in range(random.randrange(40)))


def query():
    pairs = [f"{random.choice(NAMES)}={quote(text())}" for _ in range(random.randrange(5))]
    return f"GET {random.choice(ROUTES)}?{'&'.join(pairs)} HTTP/1.1\r\nHost: a\r\n\r\n".encode()


def garbage():
    return bytes(random.randrange(256) for _ in range(random.randrange(1, 300)))


def broken():
    request = bytearray(query())
    for _ in range(random.randrange(1, 8)):
        request[random.randrange(len(request))] = random.randrange(256)
    return bytes(request)


def oversized():
    kind = random.randrange(4)
    if kind == 0:
        return b"GET /search?q=" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n"
    if kind == 1:
        return b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-Header: " + b"b" * 100_000 + b"\r\n\r\n"
    if kind == 2:
        return b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n" + b"c" * 1000
    return b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n"


def send(request):
    """Sends one request, takes what comes soon, and leaves: how the server ends the connection is its right."""
    try:
        with connect() as s:
            s.sendall(request)
            s.settimeout(WAIT)
            s.recv(65536)
    except OSError:
        pass


KINDS = [query, query, garbage, broken, broken, broken, oversized]
requests = [random.choice(KINDS[:-1])() if i % 50 else oversized() for i in range(count)]
done = threading.Event()
complaints, worst, good = [], [0.0], [0]


def be_slow():
    """A crowd of slow clients, each a header byte at a time."""
    crowd = []
    for _ in range(SLOW):
        s = connect()
        s.sendall(b"GET /search?q=a HTTP/1.1\r\nX-Slow: ")
        crowd.append(s)
    while not done.wait(0.5):
        for s in crowd:
            try:
                s.send(b"a")
            except OSError:
                pass  # it was shown the door
    for s in crowd:
        s.close()


def be_good():
    """What an honest visitor sees meanwhile."""
    while not done.is_set():
        start = time.monotonic()
        try:
            with connect() as s:
                s.sendall(b"GET /search?q=%D8%A8 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                answer = b""
                while piece := s.recv(65536):
                    answer += piece
        except OSError as error:
            complaints.append(f"a good request was not answered: {error}")
            return
        if not answer.startswith(b"HTTP/1.1 200 "):
            complaints.append(f"a good request was answered: {answer[:60]!r}")
        worst[0] = max(worst[0], time.monotonic() - start)
        good[0] += 1
        time.sleep(0.01)


def be_strange(share):
    for request in share:
        send(request)


threads = [threading.Thread(target=be_slow), threading.Thread(target=be_good)]
strangers = [threading.Thread(target=be_strange, args=(requests[i::8],)) for i in range(8)]
for thread in threads + strangers:
    thread.start()
for thread in strangers:
    thread.join()
done.set()
for thread in threads:
    thread.join()
if worst[0] > PATIENCE:
    complaints.append(f"a good request took {worst[0]:.2f} s")
print(f"{count} strange requests, {SLOW} slow clients; {good[0]} good requests, the slowest {worst[0] * 1000:.0f} ms")
for complaint in complaints[:10]:
    print(complaint)
sys.exit(1 if complaints else 0)
