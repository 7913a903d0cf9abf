"""Providers that answer with anything: each answer comes byte by byte from a real server."""

import datetime
import gzip
import ipaddress
import socket
import ssl
import threading
import time
import tracemalloc
from concurrent.futures import Future

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import landfall
from landfall.core import MESSAGES, Step
from landfall.transport import Transport

MAX = 1 << 20
GOOD = b'{"access_token":"a"}'


def step_of(url, deadline=5000, patience=5000, max_age=0, again='', key=''):
    """A FETCH step."""
    values = {'step': MESSAGES['STEP'].index('fetch'), 'method': 'POST', 'url': url, 'body': 'a=b', 'max_bytes': MAX}
    values |= {'deadline': deadline, 'patience': patience, 'delay': 0, 'max_age': max_age}
    values |= {'again': again, 'cache_key': key}
    names = [name for name in MESSAGES['FETCH'] if name != 'header_0']
    return Step([str(values.get(name, '')) for name in names] + ['content-type', 'text/plain'])


class Provider:
    """Accepts connections, and gives each to a function in a thread."""

    def __init__(self, answer, context=None):
        """Listen on a free port."""
        self.asked = []
        self.listening = socket.create_server(('127.0.0.1', 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self.accept, args=[answer, context], daemon=True).start()

    def accept(self, answer, context):
        """Serve one connection after the other."""
        while True:
            try:
                connection, _ = self.listening.accept()
                if context:
                    connection = context.wrap_socket(connection, server_side=True)
            except ssl.SSLError:
                continue
            except OSError:
                return
            threading.Thread(target=self.serve, args=[connection, answer], daemon=True).start()

    def serve(self, connection, answer):
        """Read the request, and answer."""
        with connection:
            text = b''
            while not text.endswith(b'a=b'):
                text += connection.recv(65536)
            self.asked.append(text)
            try:
                for part in answer():
                    connection.sendall(part)
            except OSError:
                pass


def head(*headers, status=200):
    """The head of an answer."""
    return '\r\n'.join([f'HTTP/1.1 {status} X', *headers, 'Connection: close', '', '']).encode()


def drip(start, byte, seconds=0.05):
    """Send a start, and then a byte again and again."""
    yield start
    while True:
        time.sleep(seconds)
        yield byte


BIG = gzip.compress(b' ' * (64 * MAX))
ANSWERS = {
    'good': (lambda: [head(), GOOD], {'status': '200', 'answer': GOOD}),
    'gzip': (lambda: [head('Content-Encoding: gzip'), gzip.compress(GOOD)], {'answer': GOOD}),
    'limit': (lambda: [head(), b' ' * MAX], {'answer': b' ' * MAX}),
    'one-more': (lambda: [head(), b' ' * (MAX + 1)], {'failure': 'too_large'}),
    'bomb': (lambda: [head('Content-Encoding: gzip'), BIG], {'failure': 'too_large'}),
    'bomb-length': (
        lambda: [head('Content-Encoding: gzip', f'Content-Length: {len(BIG)}'), BIG],
        {'failure': 'too_large'},
    ),
    'half-gzip': (lambda: [head('Content-Encoding: gzip'), gzip.compress(GOOD)[:-9]], {'failure': 'network'}),
    'no-gzip': (lambda: [head('Content-Encoding: gzip'), GOOD], {'failure': 'network'}),
    'short': (lambda: [head('Content-Length: 5000'), GOOD], {'failure': 'network'}),
    'half-chunk': (lambda: [head('Transfer-Encoding: chunked'), b'ff\r\nabc'], {'failure': 'network'}),
    'redirect': (lambda: [head('Location: http://127.0.0.1:9/', status=302), GOOD], {'failure': 'redirect'}),
    'not-modified': (lambda: [head(status=304)], {'failure': 'redirect'}),
    'nothing': (lambda: [], {'failure': 'network'}),
    'no-http': (lambda: [b'SSH-2.0-OpenSSH\r\n'], {'failure': 'network'}),
    'long-header': (lambda: [head('X: ' + 'a' * 70_000), GOOD], {'failure': 'network'}),
    'many-headers': (lambda: [head(*['X: a'] * 500), GOOD], {'failure': 'network'}),
    'no-content': (lambda: [head(status=204)], {'status': '204', 'answer': b''}),
}
SLOW = {
    'silent': lambda: drip(b'', b'', 0.2),
    'slow-status': lambda: drip(b'HTTP/1.1 ', b'2'),
    'slow-header': lambda: drip(b'HTTP/1.1 200 X\r\nX: ', b'a'),
    'endless-100': lambda: drip(b'', b'HTTP/1.1 100 Continue\r\n\r\n'),
    'slow-body': lambda: drip(head(), b' '),
    'slow-chunks': lambda: drip(head('Transfer-Encoding: chunked'), b'1\r\n \r\n'),
    'slow-chunk-size': lambda: drip(head('Transfer-Encoding: chunked'), b'0'),
}


def perform(provider, **more):
    """What a provider's answer becomes."""
    return Transport(landfall.fetch).perform(step_of(f'http://127.0.0.1:{provider.port}/token', **more))


@pytest.mark.parametrize('name', ANSWERS)
def test_answer(name):
    """Each answer is the result that docs/abi.md names."""
    answer, wanted = ANSWERS[name]
    got = perform(Provider(answer))
    assert {key: got.get(key) for key in wanted} == wanted


def test_bomb_takes_no_memory():
    """What a coding hides is undone no further than the limit."""
    provider = Provider(ANSWERS['bomb'][0])
    tracemalloc.start()
    assert perform(provider)['failure'] == 'too_large'
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * MAX


@pytest.mark.parametrize('name', SLOW)
def test_answer_that_does_not_end(name):
    """The deadline holds for the whole exchange, wherever a server is slow."""
    assert perform(Provider(SLOW[name]), deadline=400)['failure'] == 'timeout'


def test_what_is_sent():
    """No header but those of the step and of HTTP; no cookie of an earlier answer."""
    provider = Provider(lambda: [head('Set-Cookie: foreign=1'), GOOD])
    transport = Transport(landfall.fetch)
    for _ in range(2):
        transport.perform(step_of(f'http://127.0.0.1:{provider.port}/token?x=1'))
    lines = provider.asked[1].decode().lower().split('\r\n')
    names = sorted(line.partition(':')[0] for line in lines[1:-2])
    assert lines[0] == 'post /token?x=1 http/1.1'
    assert names == ['accept-encoding', 'content-length', 'content-type', 'host', 'user-agent']


def test_no_server():
    """A closed port is a failure with a cause."""
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        got = Transport(landfall.fetch).perform(step_of(f'http://127.0.0.1:{free.getsockname()[1]}/'))
    assert got == {'failure': 'network', 'cause': 'ConnectionRefusedError'}


def make_context(tmp_path, days):
    """TLS with a certificate of its own, good for so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, 'id.example')])
    now = datetime.datetime.now(datetime.timezone.utc)
    begin = now - datetime.timedelta(days=9)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(begin).not_valid_after(now + datetime.timedelta(days=days))
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address('127.0.0.1'))])
    certificate = builder.add_extension(address, critical=False).sign(key, hashes.SHA256())
    encoding = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    text = certificate.public_bytes(encoding) + key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
    file = tmp_path / 'certificate.pem'
    file.write_bytes(text)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, file


def test_certificate_of_nobody(tmp_path):
    """An unknown authority is `tls`."""
    context, _ = make_context(tmp_path, 9)
    provider = Provider(lambda: [head(), GOOD], context)
    got = Transport(landfall.fetch).perform(step_of(f'https://127.0.0.1:{provider.port}/'))
    assert got['failure'] == 'tls'


@pytest.mark.parametrize(('days', 'failure'), [(9, None), (-1, 'network')])
def test_certificate_that_is_known(tmp_path, monkeypatch, days, failure):
    """A known authority is taken while its certificate is good; an expired one is another failure than `tls`."""
    context, file = make_context(tmp_path, days)
    provider = Provider(lambda: [head(), GOOD], context)
    monkeypatch.setattr('landfall.transport.get_tls', lambda: ssl.create_default_context(cafile=file))
    got = Transport(landfall.fetch).perform(step_of(f'https://127.0.0.1:{provider.port}/'))
    assert got.get('failure') == failure


def settle(memory, name, response):
    """The end of a request that was good."""
    memory.underway[name] = future = Future()
    future.set_result(response)
    memory.settle(name, response, True)


def test_keeping():
    """A kept response is used while it is young, and after `again` only one that `again` brought."""
    provider = Provider(lambda: [head(), GOOD])
    url = f'http://127.0.0.1:{provider.port}/jwks'
    transport = Transport(landfall.fetch)
    step = step_of(url, max_age=60)
    result = transport.perform(step)
    transport.settle(step, result, True)
    assert transport.perform(step) is result
    assert transport.perform(step_of(url, max_age=60, again='1')) is not result
    assert transport.perform(step_of(url)) is not result
    assert len(provider.asked) == 3
    memory = transport.addresses
    for number in range(99):
        settle(memory, str(number), result)
    assert list(memory.kept) == [str(number) for number in range(67, 99)]


@pytest.mark.parametrize('broken', [None, 7, lambda *_, **__: None, lambda *_, **__: 1 / 0], ids=repr)
def test_fetch_of_the_app_that_is_broken(broken):
    """Whatever the app's own `fetch` does is a failure of this request alone."""
    assert Transport(broken).perform(step_of('http://127.0.0.1/'))['failure'] == 'network'
