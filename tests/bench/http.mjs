// Requests per second of a callback route on node:http, by wrk: one process per library, in turn.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { median, quantile, shuffle, table } from './numbers.mjs'
import { PEERS } from './peers.mjs'
import { checkCallback } from './sign-in.mjs'

const ROUNDS = 7
const LOAD = ['-t1', '-c16', '-d1s']
const GUIDE = '@supabase/ssr'
const child = fileURLToPath(new URL('http-child.mjs', import.meta.url))

const ROUTES = PEERS.flatMap(({ file, name, isOurs }) => [
  { file, way: 'response', name },
  ...(isOurs ? [{ file, way: 'direct', name: `${name}, without Request and Response` }] : []),
])

/** Asks once with what wrk will send, and checks the answer: wrk itself only counts. */
const checkRoute = async ({ name, port, target, headers }) => {
  const [response] = await once(get({ port, host: '127.0.0.1', path: target, headers }), 'response')
  response.resume()
  const answer = { location: response.headers.location }
  const kept = new Headers(answer)
  for (const line of response.headers['set-cookie'] ?? []) kept.append('set-cookie', line)
  checkCallback({ status: response.statusCode, headers: kept }, name, 1190)
}

const openRoute = async ({ file, way, name }) => {
  const server = spawn(process.execPath, [child, file, way], { stdio: ['ignore', 'pipe', 'ignore'] })
  const lines = createInterface(server.stdout)
  const [line] = await Promise.race([once(lines, 'line'), once(server, 'exit').then(() => [''])])
  if (!line) throw new Error(`bench: the server of ${name} does not start`)
  const route = { name, server, samples: [], ...JSON.parse(line) }
  await checkRoute(route)
  return route
}

/** @returns {Promise<number>} requests per second */
const load = async ({ name, port, target, headers }) => {
  const sent = Object.entries(headers).flatMap(([key, value]) => ['-H', `${key}: ${value}`])
  const { stdout } = await promisify(execFile)('wrk', [...LOAD, ...sent, `http://127.0.0.1:${port}${target}`])
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`bench: ${name}: ${stdout}`)
  return Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)[1])
}

/** @type {import('./run.mjs').Group} */
export const measureHttp = async () => {
  const routes = []
  try {
    for (const route of ROUTES) routes.push(await openRoute(route))
    // Once before the rounds: the first seconds run code that is not compiled yet.
    for (const route of routes) await load(route)
    for (let round = 0; round < ROUNDS; round++)
      for (const route of shuffle(routes)) route.samples.push(await load(route))
  } finally {
    for (const { server } of routes) server.kill()
  }
  const base = routes.find(({ name }) => name === GUIDE).samples
  const against = ({ samples }) => median(samples.map((sample, round) => sample / base[round]))
  const rows = [...routes]
    .sort((a, b) => median(b.samples) - median(a.samples))
    .map((route) => [
      route.name,
      String(Math.round(median(route.samples))),
      `${Math.round(quantile(route.samples, 0.25))}–${Math.round(quantile(route.samples, 0.75))}`,
      against(route).toFixed(2),
    ])
  const find = (wanted) => routes.find(({ name }) => name === wanted)
  return {
    title: 'HTTP',
    text: `The callback of 2.7 kB as a route of node:http, one process for each, wrk ${LOAD.join(' ')}, ${ROUNDS} rounds. Every library returns a Response through the same adapter. Landfall can also write to Node’s response itself.`,
    tables: [table(['route', 'req/s', 'quartiles', `÷ ${GUIDE}`], rows)],
    ratios: [
      {
        what: 'requests per second: Landfall through Supabase ÷ the guide’s route',
        value: against(find('Landfall, Supabase')),
      },
      {
        what: 'requests per second: the same without Request and Response',
        value: against(find('Landfall, Supabase, without Request and Response')),
      },
    ],
  }
}
