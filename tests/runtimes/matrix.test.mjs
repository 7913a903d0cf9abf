// The packed package in every runtime, as a server: sign-in, callback, errors, sign-out, crowds, traps.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { OPENID_CASES } from './support/cases-openid.mjs'
import { SIGN_IN_CASES } from './support/cases-sign-in.mjs'
import { TRAP_CASES } from './support/cases-trap.mjs'
import { makeProject } from './support/project.mjs'
import { RUNTIMES } from './support/runtimes.mjs'
import { makeTable } from './support/table.mjs'
import { startWorld } from './support/world.mjs'

/** By app. */
const GROUPS = { 'sign-in.mjs': { ...SIGN_IN_CASES, ...OPENID_CASES }, 'traps.mjs': TRAP_CASES }
const COMPILES = /Node|Deno|Bun/

const table = makeTable('runtime', Object.values(GROUPS).flatMap(Object.keys))
let servers
const projects = {}
before(async () => {
  servers = await startWorld()
  for (const name of Object.keys(GROUPS)) projects[name] = await makeProject(name, servers.settings)
})
after(async () => {
  for (const project of Object.values(projects)) project.remove()
  await servers?.close()
})

/** An app as the cases see it. */
const makeWorld = (app) => ({
  app,
  provider: servers.provider,
  seen: async () => (await fetch(`${app.origin}/seen`)).json(),
  signInUrl: (next, at = 'work') =>
    `${app.origin}/auth/sign-in?${new URLSearchParams({ provider: at, next })}`,
})

for (const [name, start] of Object.entries(RUNTIMES)) {
  describe(name, () => {
    const apps = {}
    before(async () => {
      for (const [one, project] of Object.entries(projects)) apps[one] = await start(project)
      table.addRow(name, apps['sign-in.mjs'].version)
    })
    after(() => Promise.all(Object.values(apps).map((app) => app.stop())))

    for (const [one, columns] of Object.entries(GROUPS))
      for (const [column, cases] of Object.entries(columns))
        for (const [title, run] of Object.entries(cases))
          test(`${column}: ${title}`, () => table.check(name, column, () => run(makeWorld(apps[one]))))

    test('what this runtime compiles', async () => {
      const bytes = COMPILES.test(name)
      const response = await fetch(`${apps['sign-in.mjs'].origin}/can-make`)
      assert.deepEqual(await response.json(), { text: bytes, bytes })
    })
  })
}

test('docs/runtimes.md has this table', () => table.keep('On a server'))
