// The guide's callback route and Landfall's, side by side: what each does, and that ours never does worse.
// `UPDATE_DOCS=1` writes the table of docs/compared-with-the-guide.md anew.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { loadNewest } from '../../stand-ins/supabase-libraries.mjs'
import { ADDRESS_ROWS, STRICTER_ROWS } from '../guide-comparison/rows-addresses.mjs'
import { REQUEST_ROWS } from '../guide-comparison/rows-requests.mjs'
import { SIGN_IN_ROWS } from '../guide-comparison/rows-sign-in.mjs'
import { SIGN_OUT_ROWS } from '../guide-comparison/rows-sign-out.mjs'
import { makePage } from '../guide-comparison/table.mjs'
import { openWorld } from '../guide-comparison/world.mjs'

const DOCUMENT = new URL('../../docs/compared-with-the-guide.md', import.meta.url)
const GROUPS = {
  'Signing in': SIGN_IN_ROWS,
  Addresses: ADDRESS_ROWS,
  'Other requests, and what is left': REQUEST_ROWS,
  'Signing out': SIGN_OUT_ROWS,
}

const runIn = async (which, row) => {
  const world = await openWorld(which, row.settings)
  try {
    return await row.run(world)
  } finally {
    await world.close()
  }
}

const score = (row, facts) => row.good(facts).filter(Boolean).length

/** The guide's outcome by route; a row that names no routes is about the one for Next.js. */
const runGuide = async (row) => {
  const routes = row.routes ?? ['next']
  const outcomes = await Promise.all(routes.map(async (route) => [route, await runIn(route, row)]))
  return {
    is: row.routes ? Object.fromEntries(outcomes) : outcomes[0][1],
    each: outcomes.map(([, one]) => one),
  }
}

for (const [name, rows] of Object.entries({ ...GROUPS, Stricter: STRICTER_ROWS })) {
  describe(name, () => {
    for (const row of rows) {
      test(row.scenario, async () => {
        const guide = await runGuide(row)
        assert.deepEqual(guide.is, row.guide.is, 'the guide')
        const ours = await runIn('landfall', row)
        assert.deepEqual(ours, row.landfall.is, 'Landfall')
        if (!row.good) return
        const best = Math.max(...guide.each.map((facts) => score(row, facts)))
        assert.ok(score(row, ours) >= best, 'the guide does better')
        assert.equal(score(row, ours), row.good(ours).length, 'there is a better outcome than ours')
      })
    }
  })
}

test('the table in docs/ is made of these rows', async () => {
  const page = makePage(GROUPS, STRICTER_ROWS, (await loadNewest()).name)
  if (process.env.UPDATE_DOCS === '1') await writeFile(DOCUMENT, page)
  assert.equal(await readFile(DOCUMENT, 'utf8'), page, 'run it with UPDATE_DOCS=1')
})
