// `npm run mutate`: changes the core and the JavaScript in one small way after another, and wants a test to fail for each.
//   npm run mutate                  all of them, and a score for each file
//   npm run mutate -- FILE …        those of some files
//   npm run mutate -- --minutes 5   those of the core that the commit's hash chooses, as many as the time allows, against
//                                   the native tests alone; it fails when the score is under a floor
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { capture, program, root, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

/** After so many mutants it says how far it is. */
const STEP = 250

/** Of a sample, so many per cent must be killed. Raise it when survivors get their tests. */
const FLOOR = 97

/**
 * The mutants that no test can notice, by their file: each with a reason.
 * @type {Record<string, { kind: string, text: string, nth?: number, reason: string }[]>}
 */
const EQUIVALENT = JSON.parse(readFileSync(join(root, 'tests/equivalent-mutants.json'), 'utf8'))

const keyOf = ({ file, kind, text, nth = 1 }) => `${file} ${kind} ${nth} ${text}`

/** The listed mutants; one that is not there any more is an error. @param {import('./mutants/sites.mjs').Site[]} sites */
const readEquivalent = (sites) => {
  const keys = new Set(sites.map(keyOf))
  const rows = Object.entries(EQUIVALENT).flatMap(([file, list]) => list.map((row) => ({ file, ...row })))
  const gone = rows.filter((row) => !keys.has(keyOf(row)) || !row.reason)
  if (gone.length > 0)
    throw new Stop(`mutate: equivalent-mutants.json lists what is not there:\n${gone.map(keyOf).join('\n')}`)
  return new Set(rows.map(keyOf))
}

/** The order that a commit gives, the same on every machine. */
const shuffle = async (numbers) => {
  const { output: commit } = await capture('git', ['rev-parse', 'HEAD'])
  const rank = (number) => createHash('sha256').update(`${commit.trim()} ${number}`).digest('hex')
  return numbers
    .map((number) => ({ number, rank: rank(number) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ number }) => number)
}

const percent = (part, all) => (all === 0 ? '–' : `${((100 * part) / all).toFixed(1)} %`)

/** @param {{ site: import('./mutants/sites.mjs').Site, isKilled: boolean, isListed: boolean }[]} results */
const tabulate = (results) => {
  const rows = new Map()
  for (const { site, isKilled, isListed } of results)
    for (const name of [site.file, 'all']) {
      const row = rows.get(name) ?? { mutants: 0, killed: 0, listed: 0 }
      row.mutants += 1
      if (isKilled) row.killed += 1
      else if (isListed) row.listed += 1
      rows.set(name, row)
    }
  const all = rows.get('all')
  rows.delete('all')
  rows.set('all', all)
  return Object.fromEntries(
    [...rows].map(([name, { mutants, killed, listed }]) => [
      name,
      {
        mutants,
        killed,
        listed,
        score: percent(killed, mutants - listed),
        'listed as alive': percent(killed, mutants),
      },
    ]),
  )
}

await program(import.meta.url, async () => {
  const args = process.argv.slice(2)
  const minutes = args[0] === '--minutes' ? Number(args[1]) : Number.POSITIVE_INFINITY
  const files = args[0] === '--minutes' ? [] : args
  if (Number.isNaN(minutes)) throw new Stop('mutate: --minutes takes a number')
  await setup('test')
  // They need packages, which the set-up brings.
  const { makeCore } = await import('./mutants/core.mjs')
  const { makeGlue } = await import('./mutants/glue.mjs')
  const { KINDS } = await import('./mutants/sites.mjs')
  const core = makeCore(0)
  const glue = makeGlue(core.sites.length)
  const sites = [...core.sites, ...glue.sites]
  const unknown = files.find((file) => !sites.some((site) => site.file === file))
  if (unknown) throw new Stop(`mutate: ${unknown} has no mutants`)
  const equivalent = readEquivalent(sites)
  const isCore = (number) => number < core.sites.length

  const isSample = Number.isFinite(minutes)
  const isChosen = (number) =>
    isSample ? isCore(number) : files.length === 0 || files.includes(sites[number].file)
  const chosen = [...sites.keys()].filter(isChosen)
  const queue = isSample ? await shuffle(chosen) : [...chosen]
  say(`mutate: ${chosen.length} mutants; builds, and finds the tests that reach each`)
  const killCore = chosen.some(isCore) ? await core.build() : undefined
  const sources = chosen.map((number) => sites[number].file)
  const killGlue = isSample ? undefined : await build().then(() => glue.build(chosen.some(isCore), sources))

  const end = Date.now() + minutes * 60_000
  const results = []
  const worker = async () => {
    for (let number = queue.shift(); number !== undefined && Date.now() < end; number = queue.shift()) {
      const site = sites[number]
      const isKilled =
        (isCore(number) && (await killCore(number))) ||
        (killGlue !== undefined && (await killGlue(number, site.file)))
      const isListed = equivalent.has(keyOf(site))
      results.push({ site, isKilled, isListed })
      if (results.length % STEP === 0) say(`mutate: ${results.length} of ${chosen.length}`)
      if (!isKilled && !isListed)
        say(
          `${site.file}:${site.line} ${KINDS[site.kind]}, and no test fails (${site.kind} ${site.nth})\n    ${site.text}`,
        )
      if (isKilled && isListed)
        say(`${site.file}:${site.line} is listed as equivalent, but a test fails: ${keyOf(site)}`)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  await glue.close()
  console.table(tabulate(results))
  const killed = results.filter(({ isKilled }) => isKilled).length
  const score = (100 * killed) / results.length
  if (isSample && !(score >= FLOOR))
    throw new Stop(`mutate: ${score.toFixed(1)} % of the sample, under ${FLOOR} %`)
  const wrong = results.filter(({ isKilled, isListed }) => isKilled === isListed).length
  if (!isSample && wrong > 0)
    throw new Stop(`mutate: ${wrong} of ${results.length} mutants are not as they should be`)
  say(`mutate: a test notices ${killed} of ${results.length} mutants; there are ${chosen.length}`)
})
