// `npm test`: sets up, builds, runs the everyday suites and counts. `npm test -- native node` runs only those, and
// `npm run test:hosts -- go rust` the hosts in those languages.
import { build } from './build.mjs'
import { program, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'
import { EVERYDAY, isThere, LANGUAGES, SUITES } from './suites.mjs'

/** @param {string[]} wanted */
const choose = (wanted) => {
  const allowed = [...Object.keys(SUITES), ...(wanted.includes('hosts') ? LANGUAGES : [])]
  const unknown = wanted.find((name) => !allowed.includes(name))
  if (unknown) throw new Stop(`test: ${unknown} is none of ${allowed.join(', ')}`)
  const languages = wanted.filter((name) => LANGUAGES.includes(name))
  if (languages.length > 0) process.env.HOSTS = languages.join()
  const names = wanted.filter((name) => name in SUITES)
  return names.length > 0 ? names : EVERYDAY.filter(isThere)
}

/** @param {string} name */
const runSuite = async (name) => {
  say(`test: ${name}`)
  try {
    const count = await SUITES[name]()
    const empty = count.passed + count.failed === 0
    return { name, ...count, failed: count.failed + (empty ? 1 : 0), note: empty ? ' (it ran no test)' : '' }
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    return { name, passed: 0, failed: 1, skipped: 0, note: ` (${error.message})` }
  }
}

await program(import.meta.url, async () => {
  const names = choose(process.argv.slice(2))
  const purposes = { runtimes: 'everywhere', fleet: 'fleet', hosts: 'hosts' }
  await setup('test', ...names.flatMap((name) => purposes[name] ?? []))
  await build()
  const results = []
  for (const name of names) results.push(await runSuite(name))

  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const width = Math.max(...names.map((name) => name.length))
  console.log()
  for (const { name, passed, failed, skipped, note } of results) {
    const also = skipped > 0 ? `, ${skipped} skipped` : ''
    console.log(`${name.padEnd(width)} ${passed} passed, ${failed} failed${also}${note}`)
  }
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  if (sum('failed') > 0) process.exitCode = 1
})
