// The cookie that a start leaves, as callback_cases.json has it.
import assert from 'node:assert/strict'
import { makeOptions } from './case-run.mjs'
import { expand } from './placeholders.mjs'
import { start } from './scenarios-start.mjs'

const attributesOf = (line) => line.split('; ').slice(1)

/** @type {Record<string, (theCase: any) => Promise<any>>} */
export const COOKIE_SCENARIOS = {
  E26: () => start({}),

  async E27({ env }) {
    for (const host of [env.origin, 'http://127.0.0.1:3000', 'http://[::1]:3000']) {
      const outcome = await start({ origin: host })
      assert.match(outcome.tx.name, /^landfall-[\w-]{10}$/)
      assert.deepEqual(attributesOf(outcome.tx.line), ['Path=/', 'Max-Age=600', 'HttpOnly', 'SameSite=Lax'])
    }
    return start({ origin: env.origin })
  },

  E28: ({ env }) => start(makeOptions(env)),
  E30: ({ env }) => start({}, { next: expand(env.next, {})[0] }),

  // The one value from outside that gets into a cookie is `next`.
  async E31({ env }) {
    const inOneLine = await start({}, { next: '/a;b, "c"é?x=1,2' })
    assert.equal(inOneLine.next, '/a;b,%20%22c%22%C3%A9?x=1,2')
    const outcome = await start({}, { next: `/${env.value}` })
    assert.equal(outcome.next, '/')
    for (const { tx } of [inOneLine, outcome])
      assert.match(tx.value, /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/)
    return outcome
  },
}
