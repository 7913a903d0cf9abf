# A whole sign-in with the shared library, behind the Python code of docs/abi.md. LANDFALL_OPTIONS are the options; the argument is the
# address that starts. Prints a line of JSON for each answer to the browser.
import os, sys, time, urllib.error, urllib.parse, urllib.request


def name(kind):
    return messages[messages['STEP'][kind].upper()]


def perform(operation, names, values):
    fields = [values.get(one, '') for one in names]
    answer = call(messages['OPERATION'].index(operation), [one if isinstance(one, bytes) else one.encode() for one in fields])
    texts = [one.decode('ascii') for one in answer]
    own = [one for one in name(int(texts[0])) if one != 'header_0']
    step = dict(zip(own, texts))
    rest = texts[len(own):]
    return {**step, 'kind': messages['STEP'][int(texts[0])], 'headers': list(zip(rest[::2], rest[1::2]))}


def fetch(step):
    request = urllib.request.Request(step['url'], step['body'].encode() or None, dict(step['headers']), method=step['method'])
    with urllib.request.urlopen(request, timeout=int(step['deadline']) / 1000) as response:
        answer = response.read(int(step['max_bytes']) + 1)
        return {'status': str(response.status), 'content_type': response.headers['content-type'], 'answer': answer}


def serve(url, cookie=''):
    names = [one for one in messages['REQUEST'] if one != 'header_0'] + ['header ' + one for one in messages['REQUEST_HEADER']]
    request = {'method': 'GET', 'url': url, 'entropy': os.urandom(96), 'header cookie': cookie}
    for _ in range(16):
        request['now'] = str(int(time.time()))
        step = perform('serve', names, request)
        print(json.dumps(step))
        if step['kind'] == 'respond':
            return step
        assert step['kind'] == 'fetch', step['kind']
        request.update(fetch(step), resume=step['resume'])
    raise RuntimeError('the flow does not end')


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


ready = perform('configure', ['options'], {'options': os.environ['LANDFALL_OPTIONS']})
assert ready['kind'] == 'ready', ready
start = serve(sys.argv[1])
headers = dict(start['headers'])
try:
    urllib.request.build_opener(NoRedirect).open(headers['location'])
except urllib.error.HTTPError as redirect:
    serve(redirect.headers['location'], headers['set-cookie'].split(';')[0])
library.landfall_free(ctypes.c_void_p(core))
