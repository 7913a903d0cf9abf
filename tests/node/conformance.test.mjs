// The relying-party modules of the OpenID Foundation's conformance suite, as tests of Landfall: each against a provider with the
// module's fault. They are no certification. `UPDATE_DOCS=1` writes docs/conformance.md.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { makePage } from '../conformance/page.mjs'
import { MODULES, PLANS } from '../conformance/plans.mjs'
import { signIn } from '../conformance/runs.mjs'
import { openWorld } from '../conformance/world.mjs'

const DOCUMENT = new URL('../../docs/conformance.md', import.meta.url)

/** What came of a module, and what should have. */
const play = async (module, variant) => {
  const world = await openWorld({ ...module, provider: { ...module.provider, ...variant } })
  try {
    const { complaints, ...facts } = await (module.run ?? signIn)(world)
    assert.deepEqual(complaints, [], 'each request of Landfall is right')
    return { facts, given: module.check?.(world) }
  } finally {
    await world.close()
  }
}

const played = new Set()
for (const { title, variants, modules } of PLANS)
  describe(title, () => {
    for (const name of modules) {
      const module = MODULES[name]
      if (!module.expect || played.has(name)) continue
      played.add(name)
      for (const [words, variant] of Object.entries(variants))
        test(name + words, async () => {
          const { facts, given } = await play(module, variant)
          for (const [fact, wanted] of Object.entries(module.expect))
            assert.deepEqual(facts[fact], wanted, `${fact} of ${JSON.stringify(facts)}`)
          assert.deepEqual(given, module.gives)
        })
    }
  })

describe('without its fault, no module ends in a refusal', () => {
  for (const [name, module] of Object.entries(MODULES)) {
    const { outcome = 'ok', logoutStatus } = module.expect ?? {}
    if (['ok', 'renewed'].includes(outcome) && logoutStatus !== 400) continue
    test(name, async () => {
      const { facts } = await play({ ...module, faults: {} })
      assert.ok(['ok', 'renewed'].includes(facts.outcome), facts.outcome)
      assert.equal(facts.logoutStatus ?? 200, 200)
    })
  }
})

test('every module is in a plan', () => {
  const listed = new Set(PLANS.flatMap(({ modules }) => modules))
  assert.deepEqual([...listed].sort(), Object.keys(MODULES).sort())
})

test('the table in docs/ is made of these modules', async () => {
  const page = makePage(PLANS, MODULES)
  if (process.env.UPDATE_DOCS === '1') await writeFile(DOCUMENT, page)
  assert.equal(await readFile(DOCUMENT, 'utf8'), page, 'run it with UPDATE_DOCS=1')
})
