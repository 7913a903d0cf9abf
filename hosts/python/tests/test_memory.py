"""Responses that several requests share: one on its way, one that is kept, and one that is forgotten."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from test_transport import GOOD, Provider, head, settle, step_of

import landfall
from landfall.transport import Memory, Response, Transport


def ask_and_settle(transport, step):
    """What a flow does whose next step says that the response is good."""
    response = transport.perform(step)
    transport.settle(step, response, not response.get('failure'))
    return response


def test_requests_with_one_key_wait():
    """One request for each key; the others wait for its response, also after its end and before it is kept."""

    def answer():
        time.sleep(0.2)
        return [head(), GOOD]

    provider = Provider(answer)
    url = f'http://127.0.0.1:{provider.port}/token'
    transport = Transport(landfall.fetch)
    steps = [step_of(url, max_age=60, key=f'person-{number % 2}') for number in range(40)]
    with ThreadPoolExecutor(40) as threads:
        answers = list(threads.map(lambda step: ask_and_settle(transport, step), steps))
    assert [response['answer'] for response in answers] == [GOOD] * 40
    assert len(provider.asked) == 2
    assert transport.renewals.underway == {}
    assert sorted(transport.renewals.kept) == ['person-0', 'person-1']
    assert transport.addresses.kept == {}
    unsettled = step_of(url, max_age=60, key='person-3')
    assert transport.perform(unsettled) is transport.perform(unsettled)
    assert len(provider.asked) == 3


def test_patience_ends():
    """Who waits too long asks, also where the one who asked has gone without a word."""
    end = threading.Event()
    provider = Provider(lambda: [head(), GOOD] if len(provider.asked) > 1 or end.wait(30) else [])
    transport = Transport(landfall.fetch)
    step = step_of(f'http://127.0.0.1:{provider.port}/token', max_age=60, key='slow', deadline=30_000, patience=300)
    first = threading.Thread(target=transport.perform, args=[step])
    first.start()
    while not provider.asked:
        time.sleep(0.01)
    second = transport.perform(step)
    assert (second['status'], len(provider.asked)) == ('200', 2)
    end.set()
    first.join()
    time.sleep(0.4)
    assert transport.perform(step) is not second
    assert len(provider.asked) == 3


def test_failure_is_nobody_elses():
    """Who waited for a request that failed asks again."""

    def answer():
        time.sleep(0.2)
        return [] if len(provider.asked) == 1 else [head(), GOOD]

    provider = Provider(answer)
    transport = Transport(landfall.fetch)
    step = step_of(f'http://127.0.0.1:{provider.port}/token', max_age=60, key='key')
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda _: ask_and_settle(transport, step), range(2)))
    assert sorted(response.get('failure', '') for response in answers) == ['', 'network']


def response_of(at, size=1):
    """A response that came then."""
    response = Response(step_of(''), {'answer': b'a' * size})
    response.at = at
    return response


def test_one_that_was_forgotten_under_way_is_not_kept():
    """A sign-out comes before the response."""
    memory, response = Memory(1000, 60), response_of(time.monotonic())
    memory.underway['person-1/1'] = future = Future()
    memory.forget('person-1/')
    future.set_result(response)
    memory.settle('person-1/1', response, True)
    assert memory.kept == {}


def test_renewals_are_bounded_and_forgotten():
    """A thousand, a minute, four megabytes; and a sign-out drops those of a session."""
    memory, now = Memory(1000, 60), time.monotonic()
    settle(memory, 'old', response_of(now - 61))
    assert memory.kept == {}
    for number in range(1200):
        settle(memory, f'person-{number}/1', response_of(now + number / 1e6))
    assert (len(memory.kept), next(iter(memory.kept))) == (1000, 'person-200/1')
    settle(memory, 'person-1199/1', response_of(now, 2))
    assert memory.kept['person-1199/1']['answer'] == b'a'
    memory.forget('person-1199/')
    assert len(memory.kept) == 999
    for number in range(9):
        settle(memory, f'large-{number}', response_of(now + 1, 1 << 20))
    assert len(memory.kept) == 4
