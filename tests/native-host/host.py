# A host in Python with the shared library, behind the Python code of docs/abi.md: the standard library, and openssl for signatures.
import base64, http.client, http.server, os, re, secrets, subprocess, sys, tempfile, threading, time, urllib.parse, zlib

OPTIONS = {**json.loads(os.environ['LANDFALL_OPTIONS']), 'onSession': True, 'onSignOut': True}
ADDRESSES = json.loads(os.environ.get('LANDFALL_ADDRESSES', '{}'))
MAX_STEPS = 16
lock = threading.Lock()
sessions = {}
kept = {}


def perform(operation, names, values, more=()):
    fields = [values.get(name, '') for name in names if name != 'header_0'] + list(more)
    fields = [field if isinstance(field, bytes) else field.encode() for field in fields]
    with lock:
        texts = [text.decode('ascii') for text in call(messages['OPERATION'].index(operation), fields)]
    if not texts:
        return None
    kind = messages['STEP'][int(texts[0])]
    own = [name for name in messages[kind.upper()] if name != 'header_0']
    rest = texts[len(own):]
    return {**dict(zip(own, texts)), 'kind': kind, 'headers': list(zip(rest[::2], rest[1::2]))}


def say(event):
    # In one piece: requests take turns in the middle of a print.
    sys.stdout.write(json.dumps(event) + '\n')
    sys.stdout.flush()


def read_body(response, max_bytes, end):
    """The body without its coding, up to a byte more than may be; None when the connection ends too early."""
    unzip = zlib.decompressobj(47) if response.headers.get('content-encoding') == 'gzip' else None
    body = b''
    while len(body) <= max_bytes:
        if time.monotonic() > end:
            raise TimeoutError
        chunk = response.read1(65536)
        if not chunk:
            return body if not response.length and (unzip is None or unzip.eof) else None
        body += unzip.decompress(chunk, max_bytes + 1 - len(body)) if unzip else chunk
    return body


def exchange(step, end):
    origin = re.match(r'https?://[^/]*', step['url'])[0]
    address = urllib.parse.urlsplit(ADDRESSES.get(origin, origin))
    is_https = address.scheme == 'https'
    connect = http.client.HTTPSConnection if is_https else http.client.HTTPConnection
    connection = connect(address.hostname, address.port, timeout=end - time.monotonic())
    try:
        target = step['url'][len(origin):]
        connection.request(step['method'], target, step['body'].encode() or None, dict(step['headers']))
        response = connection.getresponse()
        if 300 <= response.status < 400:
            return {'failure': 'redirect'}
        answer = read_body(response, int(step['max_bytes']), end)
        if answer is None:
            return {'failure': 'network'}
        if len(answer) > int(step['max_bytes']):
            return {'failure': 'too_large'}
        content_type = response.headers.get('content-type', '')
        return {'status': str(response.status), 'content_type': content_type, 'answer': answer}
    except TimeoutError:
        return {'failure': 'timeout'}
    except (OSError, http.client.HTTPException, zlib.error):
        return {'failure': 'network'}
    finally:
        connection.close()


def fetch(step, visit):
    time.sleep(int(step['delay']) / 1000)
    url, max_age = step['url'], int(step['max_age'])
    at, is_again, old = kept.get(url, (0, False, None))
    if old and time.monotonic() - at <= max_age and (is_again or step['again'] != '1'):
        return old
    result = exchange(step, time.monotonic() + int(step['deadline']) / 1000)
    if max_age and 'failure' not in result:
        visit['fetched'] = (url, (time.monotonic(), step['again'] == '1', result))
    return result


def decode(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


def openssl(options, **contents):
    """What the command prints; None when it fails. An option that names one of the contents becomes a file of it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: os.path.join(folder, name) for name in contents}
        for name, content in contents.items():
            with open(paths[name], 'wb') as file:
                file.write(content)
        command = ['openssl', *(paths.get(option, option) for option in options)]
        ended = subprocess.run(command, capture_output=True)
    return ended.stdout if ended.returncode == 0 else None


def verify(step, visit):
    signature = decode(step['signature_der'] or step['signature'])
    options = ['pkeyutl', '-verify', '-rawin', '-pubin', '-keyform', 'DER', '-inkey', 'key']
    options += ['-in', 'data', '-sigfile', 'signature']
    if step['alg'] != 'EdDSA':
        options += ['-digest', 'sha' + step['alg'][2:]]
    if step['alg'].startswith('PS'):
        options += ['-pkeyopt', 'rsa_padding_mode:pss', '-pkeyopt', 'rsa_pss_saltlen:digest']
    printed = openssl(options, key=decode(step['spki']), signature=signature, data=step['data'].encode())
    return {'status': '0' if printed is None else '1'}


def sign(step, visit):
    key = decode(step['key'])
    about = openssl(['pkey', '-inform', 'DER', '-in', 'key', '-noout', '-text_pub'], key=key)
    if about is None or b'prime256v1' not in about:
        return {'answer': ''}
    options = ['pkeyutl', '-sign', '-rawin', '-digest', 'sha256', '-keyform', 'DER', '-inkey', 'key', '-in', 'data']
    der = openssl(options, key=key, data=step['data'].encode())
    # A sequence of two integers, each behind its length. JOSE has both in 32 bytes.
    end = 4 + der[3]
    numbers = [int.from_bytes(part, 'big') for part in (der[4:end], der[end + 2:])]
    raw = b''.join(number.to_bytes(32, 'big') for number in numbers)
    return {'answer': base64.urlsafe_b64encode(raw).rstrip(b'=')}


def body(step, visit):
    return {'has_body': '1', 'body': visit['read'](int(step['max_bytes']) + 1)}


def session(step, visit):
    event = {name: step[name] for name in ('provider', 'next', 'redirect_type')}
    event['session'] = json.loads(step['session'])
    event['current'] = json.loads(step['current'])['provider'] if step['current'] else ''
    say({'hook': 'session', **event})
    if step['next'] == '/refused':
        return {'failure': 'refused'}
    id = secrets.token_hex(16)
    sessions[id] = (step['provider'], event['session']['access_token'])
    visit['cookie'] = f'app-session={id}; Path=/; HttpOnly; SameSite=Lax'
    return {'redirect': {'/first': '/tour', '/astray': '//evil.example'}.get(step['next'], '')}


def sign_out(step, visit):
    say({'hook': 'sign_out'})
    found = re.search('app-session=([^;]*)', visit['headers'].get('cookie', ''))
    id = found[1] if found else ''
    if id == 'broken':
        return {'failure': 'refused'}
    provider, token = sessions.pop(id, ('', ''))
    visit['cookie'] = 'app-session=; Path=/; Max-Age=0'
    return {'revoke_provider': provider, 'revoke_token': token, 'token_type_hint': 'access_token'}


STEPS = {'fetch': fetch, 'verify': verify, 'sign': sign, 'body': body, 'session': session, 'sign_out': sign_out}


def run(operation, method, url, visit):
    request = {'method': method, 'url': url, 'entropy': os.urandom(96)}
    headers = [visit['headers'].get(name.replace('_', '-'), '') for name in messages['REQUEST_HEADER']]
    for _ in range(MAX_STEPS):
        request['now'] = str(int(time.time()))
        step = perform(operation, messages['REQUEST'], request, headers)
        if step and step['keep'] == '1' and 'fetched' in visit:
            address, result = visit['fetched']
            kept[address] = result
        visit.pop('fetched', None)
        if not step or step['kind'] not in STEPS:
            return step
        request.update({'failure': '', 'status': '', 'content_type': '', 'answer': '', 'resume': step['resume']})
        request.update(STEPS[step['kind']](step, visit))
    raise RuntimeError('the flow does not end')


def end_session(step):
    """A page of the app: a provider posts there that a session has ended."""
    is_good = step['kind'] == 'logout'
    names = ('provider', 'sub', 'sid', 'jti') if is_good else ('code', 'parameter')
    say({'hook': 'logout', **{name: step[name] for name in names}})
    return {'status': '200' if is_good else '400', 'headers': [], 'body': '', 'parameter': ''}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def __getattr__(self, name):
        if name.startswith('do_'):
            return self.answer
        raise AttributeError(name)

    def log_message(self, *_):
        pass

    def answer(self):
        left = int(self.headers.get('content-length', 0))

        def read(size):
            nonlocal left
            text = self.rfile.read(min(size, left))
            left -= len(text)
            return text

        names = {name.lower() for name in self.headers.keys()}
        joined = {name: ('; ' if name == 'cookie' else ', ').join(self.headers.get_all(name)) for name in names}
        visit = {'headers': joined, 'read': read}
        # `path` has one slash where two came.
        target = self.requestline.split(' ')[1]
        try:
            url = f'http://{joined.get("host", "")}{target}'
            if target == '/logout-token':
                step = end_session(run('verify_logout_token', self.command, url, visit))
            else:
                step = run('serve', self.command, url, visit)
        except Exception as error:
            print(repr(error), file=sys.stderr)
            visit.pop('cookie', None)
            route = 'error' if target.split('?')[0] == ready['error_path'] else ''
            step = perform('fail', messages['FAIL'], {'code': 'internal_error', 'route': route, 'method': self.command})
        read(left)
        self.send_response_only(int(step['status']) if step else 404)
        for name, value in step['headers'] if step else []:
            self.send_header(name, value)
        if 'cookie' in visit and step['parameter'] != 'redirect':
            self.send_header('set-cookie', visit['cookie'])
        text = step['body'].encode() if step else b''
        self.send_header('content-length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 200


ready = perform('configure', ['options'], {'options': json.dumps(OPTIONS)})
if ready['kind'] != 'ready':
    sys.exit(f'The option {ready["parameter"]} is refused: {ready["problem"]}')
server = Server(('127.0.0.1', int(os.environ['PORT'])), Handler)
print('listening', flush=True)
server.serve_forever()
