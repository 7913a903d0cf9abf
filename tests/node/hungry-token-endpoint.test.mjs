// Token answers that are meant to eat memory: each is read in a process of its own, which says how much it grew.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { GOOD_TEXT } from '../../stand-ins/hostile-answers.mjs'
import { answerOf, startHostileTokenEndpoint } from '../../stand-ins/hostile-token-endpoint.mjs'
import { HUNGRY } from '../../stand-ins/hostile-transfers.mjs'
import { CODES } from './support/hostile-outcomes.mjs'
import { readLimit } from './support/limits.mjs'

const MIB = 1 << 20
/** A process may grow by so much, whatever comes. */
const MAX_GROWTH_BYTES = 64 * MIB
/** What may be read beyond the cap: what the runtime holds in its buffers. */
const MAX_READ_BYTES = readLimit('kMaxFetchBytes') + MIB
const PROGRAM = fileURLToPath(new URL('support/hungry-sign-in.mjs', import.meta.url))
const run = promisify(execFile)

let good
before(async () => {
  good = await startHostileTokenEndpoint(() => [answerOf({ body: GOOD_TEXT })])
})
after(() => good.close())

describe('memory is bounded', () => {
  for (const [name, behaviour] of Object.entries(HUNGRY))
    test(`${name}: ${CODES.plain[name]}`, { timeout: 60_000 }, async (context) => {
      const hostile = await startHostileTokenEndpoint(behaviour)
      try {
        const { stdout } = await run(process.execPath, [PROGRAM, 'plain', good.origin, hostile.origin])
        const { code, grown, read, milliseconds } = JSON.parse(stdout)
        const told = `grew by ${(grown / MIB).toFixed(1)} MiB, read ${(read / MIB).toFixed(2)} MiB`
        context.diagnostic(`${told}, ${Math.round(milliseconds)} ms`)
        assert.equal(code, CODES.plain[name])
        assert.ok(grown < MAX_GROWTH_BYTES, told)
        assert.ok(read < MAX_READ_BYTES, told)
      } finally {
        await hostile.close()
      }
    })
})
