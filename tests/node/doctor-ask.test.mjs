// What the doctor reads of an answer and of an address: how much, for how long, and what it takes for none.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { isTwin, mayAsk, parseAddress } from '../../dist/doctor/address.js'
import { ask } from '../../dist/doctor/ask.js'
import { serve } from './support/node-servers.mjs'

const MOST = 1 << 20

/** An app that sends one part of its body after the other; without an end it goes on for ever. */
const askParts = async (t, parts, hasEnd) => {
  const server = await serve(t, async (_, outgoing) => {
    for (const part of parts) {
      outgoing.write(part)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    if (hasEnd) outgoing.end()
  })
  return ask(server.origin)
}

test('a body is read in all its parts, and one of more than a million characters is not awaited', async (t) => {
  assert.equal((await askParts(t, ['a', 'b', 'c'], true)).text, 'abc')
  const most = await askParts(t, ['x'.repeat(MOST), 'end'], true)
  assert.deepEqual([most.text.length, most.text.slice(-3)], [MOST + 3, 'end'])
  const more = await askParts(t, ['x'.repeat(MOST + 1)], false)
  assert.deepEqual([more.status, more.text.length], [200, MOST + 1])
})

test('an answer is awaited for the ten seconds that the problem names', async (t) => {
  const timeout = mock.method(AbortSignal, 'timeout', () => AbortSignal.abort())
  t.after(() => timeout.mock.restore())
  const { origin } = await serve(t, () => {})
  const { status, problem } = await ask(origin)
  assert.deepEqual([status, problem], [0, 'no answer within ten seconds'])
  assert.deepEqual(timeout.mock.calls[0].arguments, [10_000])
})

test('a status that HTTP does not have is no answer', async (t) => {
  for (const [line, status, problem] of [
    ['099 Odd', 0, 'its status is 99'],
    ['200 OK', 200, ''],
  ]) {
    const server = await serve(t, ({ socket }) => socket.end(`HTTP/1.1 ${line}\r\nContent-Length: 0\r\n\r\n`))
    const asked = await ask(server.origin)
    assert.deepEqual([asked.status, asked.problem], [status, problem])
  }
})

test('an address is one of http or https, of a host, and without a user name', () => {
  const base = 'https://app.example/auth'
  for (const [text, wanted] of [
    ['https://as.example/a?b#c', 'https://as.example/a?b#c'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000/'],
    ['/next', 'https://app.example/next'],
    [null, undefined],
    ['https://', undefined],
    ['javascript:alert(1)', undefined],
    ['ftp://as.example/', undefined],
    ['https://person@as.example/', undefined],
    ['https://:secret@as.example/', undefined],
    ['http://0.0.0.0/', undefined],
    ['http://[::]/', undefined],
    ['http://[::ffff:0:0]/', undefined],
    ['http://localhost./', undefined],
  ])
    assert.equal(parseAddress(text, base)?.href, wanted, String(text))
  assert.equal(parseAddress('/next'), undefined)
})

test('a server elsewhere names only addresses that are elsewhere, and over https', () => {
  const [here, there] = ['http://127.0.0.1:3000', 'https://as.example']
  for (const [server, named, wanted] of [
    [here, 'http://localhost:4000/keys', true],
    [here, 'http://as.example/keys', true],
    [there, 'https://other.example/keys', true],
    [there, 'http://other.example/keys', false],
    [there, 'https://localhost/keys', false],
    [there, 'https://127.0.0.1/keys', false],
  ])
    assert.equal(mayAsk(server, new URL(named)), wanted, `${server} names ${named}`)
})

test('two addresses are one place only on this machine, by two names, and with one port', () => {
  const own = 'http://localhost:3000/auth'
  for (const [other, wanted] of [
    ['http://127.0.0.1:3000', true],
    ['http://[::1]:3000/elsewhere', true],
    ['http://localhost:3000/elsewhere', false],
    ['http://127.0.0.1:3001/auth', false],
    ['https://127.0.0.1:3000/auth', false],
    ['http://app.example:3000/auth', false],
  ]) {
    assert.equal(isTwin(new URL(own), new URL(other)), wanted, other)
    assert.equal(isTwin(new URL(other), new URL(own)), wanted, other)
  }
})

test('the clock of a server behind a cache is its Date and the Age of the answer', async (t) => {
  const date = new Date(Date.now() - 1_000_000).toUTCString()
  for (const [age, skew] of [
    ['1000', 0],
    ['0', -1000],
    ['-1000', -1000],
    ['old', -1000],
  ]) {
    const server = await serve(t, (_, outgoing) => outgoing.writeHead(200, { date, age }).end())
    assert.ok(Math.abs((await ask(server.origin)).skew - skew) < 300, age)
  }
})
