// Drives a host through every entry, and compares it with another one.
//   node tests/hosts/drive.mjs COMMAND [ARGUMENT …]   compares a host of your own with the reference

import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { DIRECT } from './support/entries-direct.mjs'
import { HOSTILE } from './support/entries-hostile.mjs'
import { LOGOUT } from './support/entries-logout.mjs'
import { OPENID } from './support/entries-openid.mjs'
import { SESSIONS } from './support/entries-sessions.mjs'
import { SIGN_OUT } from './support/entries-sign-out.mjs'
import { SIGNED } from './support/entries-signed.mjs'
import { SUPABASE } from './support/entries-supabase.mjs'
import { TRUSTED } from './support/entries-trusted.mjs'
import { Visit } from './support/visit.mjs'
import { startWorld } from './support/world.mjs'

const FILE = fileURLToPath(import.meta.url)

/** The command of the reference. */
export const REFERENCE = [process.execPath, fileURLToPath(new URL('reference.mjs', import.meta.url))]

/** Groups of entries with the options that they need. */
const GROUPS = /** @type {const} */ ([
  ['OAuth 2.0', 'direct', DIRECT],
  ['sign-out', 'direct', SIGN_OUT],
  ['OpenID Connect', 'direct', OPENID],
  ['logout tokens', 'direct', LOGOUT],
  ['hostile token endpoints', 'direct', HOSTILE],
  ['signed client secrets', 'direct', SIGNED],
  ['sessions', 'sessions', SESSIONS],
  ['Supabase', 'supabase', SUPABASE],
  ['forwarded headers', 'trusted', TRUSTED],
])

/** The name of every entry, in order. */
export const ENTRIES = GROUPS.flatMap(([group, , entries]) =>
  Object.keys(entries).map((name) => `${group}: ${name}`),
)

/**
 * Drives a host through every entry.
 * @param {string[]} command
 * @returns {Promise<Map<string, object>>} what came of each entry, without what is random; an entry that failed has `failed`
 */
export const drive = async (command) => {
  const world = await startWorld(command)
  const outcomes = new Map()
  try {
    for (const [group, options, entries] of GROUPS)
      for (const [name, run] of Object.entries(entries)) {
        const host = world.hosts[options]
        const visit = new Visit(host.origin)
        try {
          await run(visit, world)
        } catch (error) {
          visit.found.failed = String(error)
        }
        outcomes.set(
          `${group}: ${name}`,
          visit.outcome(world.mask, await host.takeEvents(), world.takeAsked()),
        )
      }
  } finally {
    await world.close()
  }
  return outcomes
}

/** The lines in which two outcomes differ. @param {object} wanted @param {object} got */
export const differences = (wanted, got) => {
  if (isDeepStrictEqual(wanted, got)) return []
  const [left, right] = [wanted, got].map((one) => JSON.stringify(one, null, 1).split('\n'))
  return [
    ...left.filter((line) => !right.includes(line)).map((line) => `- ${line.trim()}`),
    ...right.filter((line) => !left.includes(line)).map((line) => `+ ${line.trim()}`),
  ]
}

if (process.argv[1] === FILE) {
  const [wanted, got] = await Promise.all([drive(REFERENCE), drive(process.argv.slice(2))])
  let failed = 0
  for (const name of ENTRIES) {
    const lines = differences(/** @type {object} */ (wanted.get(name)), /** @type {object} */ (got.get(name)))
    if (lines.length > 0) failed += 1
    console.log(lines.length > 0 ? `✖ ${name}\n    ${lines.join('\n    ')}` : `✔ ${name}`)
  }
  console.log(`${ENTRIES.length - failed} of ${ENTRIES.length} entries are as the reference has them`)
  process.exitCode = failed === 0 ? 0 : 1
}
