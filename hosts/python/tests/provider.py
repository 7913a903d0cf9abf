"""An OpenID provider on loopback, with its keys, and a browser with cookies. Both are real HTTP."""

import base64
import hashlib
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY = rsa.generate_private_key(65537, 2048)
CLIENT = {'clientId': 'app', 'clientSecret': 'a client secret of 32 bytes or more'}


def encode(data):
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def encode_number(number):
    """A number of a JSON Web Key."""
    return encode(number.to_bytes((number.bit_length() + 7) // 8, 'big'))


def sign_token(claims):
    """An ID Token with RS256."""
    head = encode(json.dumps({'alg': 'RS256', 'kid': '1'}).encode())
    data = f'{head}.{encode(json.dumps(claims).encode())}'
    return f'{data}.{encode(KEY.sign(data.encode(), padding.PKCS1v15(), hashes.SHA256()))}'


class Handler(BaseHTTPRequestHandler):
    """The endpoints: authorization without a person, tokens after PKCE, keys, metadata."""

    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        """Say nothing."""

    def answer(self, status, headers, body=b''):
        """Send a whole answer."""
        self.send_response(status)
        for name, value in (*headers, ('Content-Length', str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_json(self, value, status=200):
        """Send JSON."""
        self.answer(status, [('Content-Type', 'application/json')], json.dumps(value).encode())

    def do_GET(self):
        """Metadata, keys, and the authorization endpoint."""
        issuer, url = self.server.issuer, urlsplit(self.path)
        numbers = KEY.public_key().public_numbers()
        if url.path == '/authorize':
            query = dict(parse_qsl(url.query))
            code = secrets.token_urlsafe()
            self.server.codes[code] = query
            back = urlencode({'code': code, 'state': query['state'], 'iss': issuer})
            self.answer(302, [('Location', f'{query["redirect_uri"]}?{back}')])
        elif url.path == '/jwks':
            key = {'kty': 'RSA', 'kid': '1', 'alg': 'RS256', 'use': 'sig'}
            self.answer_json({'keys': [{**key, 'n': encode_number(numbers.n), 'e': encode_number(numbers.e)}]})
        else:
            addresses = {'authorization_endpoint': f'{issuer}/authorize', 'token_endpoint': f'{issuer}/token'}
            more = {'jwks_uri': f'{issuer}/jwks', 'response_types_supported': ['code']}
            more |= {'subject_types_supported': ['public'], 'id_token_signing_alg_values_supported': ['RS256']}
            more |= {'revocation_endpoint': f'{issuer}/revoke'}
            more |= {'authorization_response_iss_parameter_supported': True}
            self.answer_json({'issuer': issuer, **addresses, **more})

    def do_POST(self):
        """The endpoints of tokens and of revocation. Each refresh token works once."""
        form = parse_qs(self.rfile.read(int(self.headers['Content-Length'])).decode())
        if self.path == '/revoke':
            self.server.revoked.append(form['token'][0])
            self.answer(200, [])
            return
        if 'refresh_token' in form:
            self.renew(form['refresh_token'][0])
            return
        asked = self.server.codes.pop(form['code'][0], None)
        challenge = encode(hashlib.sha256(form['code_verifier'][0].encode()).digest())
        if not asked or asked['code_challenge'] != challenge:
            self.answer_json({'error': 'invalid_grant'}, 400)
            return
        claims = {'iss': self.server.issuer, 'aud': asked['client_id'], 'sub': 'ada', 'name': 'Ada Lovelace'}
        claims |= {'iat': int(time.time()), 'exp': int(time.time()) + 600, 'nonce': asked.get('nonce')}
        self.answer_json({**self.make_tokens(1), 'id_token': sign_token(claims)})

    def make_tokens(self, life):
        """Tokens that live for so many seconds."""
        refresh_token = secrets.token_urlsafe()
        self.server.fresh.add(refresh_token)
        tokens = {'access_token': secrets.token_urlsafe(), 'refresh_token': refresh_token}
        return {**tokens, 'token_type': 'Bearer', 'expires_in': life}

    def renew(self, refresh_token):
        """Answer with other tokens, for an hour."""
        self.server.renewed.append(refresh_token)
        time.sleep(0.05)
        if refresh_token in self.server.fresh:
            self.server.fresh.remove(refresh_token)
            self.answer_json(self.make_tokens(3600))
        else:
            self.answer_json({'error': 'invalid_grant'}, 400)


class Server(ThreadingHTTPServer):
    """A server in a thread, with room for a hundred people."""

    request_queue_size = 200
    daemon_threads = True

    def __init__(self, handler=Handler):
        """Listen on a free port."""
        super().__init__(('127.0.0.1', 0), handler)
        self.codes = {}
        self.fresh, self.renewed, self.revoked = set(), [], []
        self.issuer = f'http://127.0.0.1:{self.server_port}'
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Browser:
    """Keeps cookies, and follows redirects."""

    def __init__(self):
        """Start without a cookie."""
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    def open(self, url, **more):
        """Go on until there is no redirect; any status is an answer."""
        request = urllib.request.Request(url, headers={'Sec-Fetch-Site': 'same-origin', 'Accept': 'text/html'}, **more)
        try:
            response = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        response.text = response.read().decode()
        return response

    def sign_in(self, origin, path='/me'):
        """Sign in, and come back to a page."""
        return self.open(f'{origin}/auth/sign-in?{urlencode({"provider": "work", "next": path})}')
