// Two tabs that sign in at once, by Landfall and by Supabase's own libraries: which of them arrive, in which order.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { loadNewest, loadOlder } from '../../stand-ins/supabase-libraries.mjs'
import { beginTheirs, checkSignedIn, names, useWorlds, VERIFIER } from '../guide-comparison/live.mjs'

for (const pair of [await loadNewest(), await loadOlder()])
  describe(pair.name, () => {
    const open = useWorlds(pair)

    // Of the older pair only the newest verifier survives: theirs is lost to everybody where we start afterwards.
    for (const startsFirst of ['theirs', 'ours']) {
      for (const endsFirst of ['theirs', 'ours']) {
        test(`two tabs: ${startsFirst} starts first, ${endsFirst} comes back first`, async () => {
          const world = await open()
          const begin = { theirs: () => beginTheirs(world, '/theirs'), ours: () => world.begin('/ours') }
          const addresses = {}
          addresses[startsFirst] = await begin[startsFirst]()
          const other = startsFirst === 'ours' ? 'theirs' : 'ours'
          addresses[other] = await begin[other]()
          for (const which of [endsFirst, endsFirst === 'ours' ? 'theirs' : 'ours']) {
            await world.open(addresses[which])
            const isLost = !pair.hasFlows && which === 'theirs' && startsFirst === 'theirs'
            assert.equal(world.where().at, isLost ? '/auth/auth-code-error' : `/${which}`)
            if (isLost) assert.match(world.where().error, /^(bad_code_verifier|code_verifier_missing)$/)
          }
          await checkSignedIn(world)
          assert.deepEqual(names(world, VERIFIER), [])
        })
      }
    }

    // Where the older pair has one verifier, the newest has one for each tab; without a flow id, a code is tried with the last.
    for (const endsFirst of ['first', 'second'])
      test(`two tabs of theirs: the ${endsFirst} comes back first, and the second signs in`, async () => {
        const world = await open()
        const addresses = {
          first: await beginTheirs(world, '/first'),
          second: await beginTheirs(world, '/second'),
        }
        const ends = {}
        for (const which of [endsFirst, endsFirst === 'first' ? 'second' : 'first']) {
          await world.open(addresses[which])
          ends[which] = world.where().at
        }
        const isFound = pair.hasFlows && endsFirst === 'second'
        assert.deepEqual(ends, { first: isFound ? '/first' : '/auth/auth-code-error', second: '/second' })
        await checkSignedIn(world)
      })
  })
