// The installed package on a module that somebody built without Supabase: `landfall/slim`, against a real OpenID provider.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { buildModules, moduleFile } from '../../tools/build.mjs'
import { makeVisit, signIn, startWorld } from '../node/support/openid.mjs'
import { installPacked } from './packed.mjs'

const NAME = 'without-SUPABASE'
let packed, world
before(async () => {
  await buildModules([NAME])
  packed = await installPacked()
  world = await startWorld()
})
after(() => {
  packed?.remove()
  world?.provider.close()
})

test('it signs in with a session of its own, and refuses Supabase', async () => {
  const { withModule } = await import(join(packed.folder, 'node_modules/landfall/dist/slim.js'))
  const bytes = readFileSync(moduleFile(NAME))
  assert.ok(!bytes.includes('supabase.co') && bytes.length < readFileSync(moduleFile('core')).length - 20_000)
  const { createAuth } = withModule(() => new WebAssembly.Module(bytes))
  const visit = makeVisit(world, {}, { session: true }, createAuth)
  await signIn(visit)
  assert.equal(visit.jar.url, 'https://app.example/welcome?x=1#')
  const cookie = visit.jar.cookies.headerFor('https://app.example')
  const { session } = visit.auth.getSession(new Request('https://app.example/', { headers: { cookie } }))
  assert.deepEqual([session.user.provider, session.user.sub], ['op', 'ada'])
  const supabase = { url: 'https://project.supabase.co', key: 'sb_publishable_key' }
  assert.throws(() => createAuth({ supabase }), { code: 'config_invalid', parameter: 'supabase' })
})
