// The same in workerd, the runtime of Cloudflare Workers: start, callback, and a cold process.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import workerd from 'workerd'
import { bundle } from './bundle.mjs'
import { ratio, toResult } from './harness.mjs'
import { digits, median, shuffle, table } from './numbers.mjs'
import { PEERS } from './peers.mjs'

const COLD_RUNS = 15
const ROUNDS = 15
const BATCH_MS = 40
const FILES = ['arctic', 'oauth4webapi', 'supabase-ssr', 'landfall', 'landfall-supabase']
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

const EMPTY = { name: 'an empty worker', contents: "export default { fetch: () => new Response('done') }" }
/** Landfall as an app has it, for what its first answer takes. */
const FIRST = {
  name: 'a first start',
  contents: `
    import { makeApp } from './app.mjs'
    import { makePeer } from './peers/landfall.mjs'
    const { auth } = makePeer(makeApp())
    const signIn = () => new Request('https://app.example/auth/sign-in?provider=example&next=/welcome')
    export default {
      fetch: async () => new Response('done', { status: (await auth.handle(signIn())).status === 303 ? 200 : 500 }),
    }`,
}
const WORKERS = FILES.map((file) => {
  const { name } = PEERS.find((peer) => peer.file === file)
  const contents = `
    import { makePeer } from './peers/${file}.mjs'
    import { makeWorker } from './worker.mjs'
    export default makeWorker('${name}', makePeer)`
  return { name, contents }
})

/** A configuration in capnp for one worker on a port that the system chooses. */
const CONFIG = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.mjs", esModule = embed "worker.mjs"), (name = "core.wasm", wasm = embed "core.wasm")],
    compatibilityDate = "2026-01-01",
    compatibilityFlags = ["nodejs_compat"],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);`

/** @param {string} folder of a bundled worker */
const openWorkerd = async (folder) => {
  // It tells the port on the descriptor 3.
  const child = spawn(workerd.default, ['serve', 'config.capnp', '--control-fd=3'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += chunk))
  const said = once(createInterface(child.stdio[3]), 'line')
  const [line] = await Promise.race([said, once(child, 'exit').then(() => [''])])
  if (!line) throw new Error(`bench: workerd does not start: ${errors}`)
  return { child, port: JSON.parse(line).port }
}

/** @param {number} port @param {string} path */
const ask = async (port, path) => {
  const [response] = await once(get({ port, path, host: '127.0.0.1', agent }), 'response')
  let text = ''
  for await (const chunk of response) text += chunk
  if (response.statusCode !== 200)
    throw new Error(`bench: ${path} in workerd: ${response.statusCode} ${text}`)
}

/** Milliseconds that a worker takes for `count` runs. */
const time = async (port, operation, count) => {
  const begin = performance.now()
  await ask(port, `/${operation}?n=${count}`)
  return performance.now() - begin
}

/** How many runs fill a batch, after the code is compiled; the shortest of three, since another process may have had the processor. */
const calibrate = async (port, operation) => {
  let count = 4
  for (;;) {
    let elapsed = Infinity
    for (let i = 0; i < 3; i++) elapsed = Math.min(elapsed, await time(port, operation, count))
    if (elapsed >= BATCH_MS) return count
    count *= elapsed < BATCH_MS / 4 ? 3 : 2
  }
}

/** Microseconds of one operation: a request with many, less a request with one. */
const measureOperation = async (workers, operation) => {
  const cases = []
  for (const { name, port } of workers) {
    await calibrate(port, operation)
    cases.push({ name, port, count: await calibrate(port, operation), samples: [] })
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { port, count, samples } of shuffle(cases)) {
      const one = await time(port, operation, 1)
      samples.push((1000 * ((await time(port, operation, count + 1)) - one)) / count)
    }
  }
  return cases.map(({ name, samples }) => toResult(name, samples))
}

const measureWarm = async (workers) => {
  const open = []
  try {
    for (const { name, folder } of workers) open.push({ name, ...(await openWorkerd(folder)) })
    return {
      starts: await measureOperation(open, 'start'),
      callbacks: await measureOperation(open, 'callback'),
    }
  } finally {
    agent.destroy()
    for (const { child } of open) child.kill()
  }
}

/** Milliseconds from the start of a process to the answer of its first request, which signs in once. */
const timeCold = async ({ folder }) => {
  const begin = performance.now()
  const { child, port } = await openWorkerd(folder)
  try {
    await ask(port, '/once')
    return performance.now() - begin
  } finally {
    agent.destroy()
    child.kill()
    await once(child, 'exit')
  }
}

/** Milliseconds over an empty worker, per run. */
const measureColds = async (workers) => {
  const cases = workers.map((worker) => ({ ...worker, samples: [] }))
  for (let run = 0; run < COLD_RUNS; run++)
    for (const one of shuffle(cases)) one.samples.push(await timeCold(one))
  const empty = cases.find(({ name }) => name === EMPTY.name).samples
  return new Map(
    cases.map(({ name, samples }) => [name, median(samples.map((sample, run) => sample - empty[run]))]),
  )
}

/** @type {import('./run.mjs').Group} */
export const measureWorkerd = async () => {
  const root = mkdtempSync(join(tmpdir(), 'landfall-workerd-'))
  try {
    const workers = []
    for (const { name, contents } of [EMPTY, FIRST, ...WORKERS]) {
      const folder = join(root, String(workers.length))
      await bundle(contents, join(folder, 'worker.mjs'), { runtime: 'workerd', core: 'file' })
      writeFileSync(join(folder, 'config.capnp'), `@0xd5a3f0b7c1e2d4f6;${CONFIG}`)
      workers.push({ name, folder })
    }
    const { starts, callbacks } = await measureWarm(workers.slice(2))
    const colds = await measureColds(workers)
    const base = 'oauth4webapi'
    const rows = starts.map(({ name, micros }, i) => [
      name,
      digits(micros),
      digits(ratio(starts, name, base)),
      digits(callbacks[i].micros),
      digits(ratio(callbacks, name, base)),
      colds.get(name).toFixed(1),
    ])
    return {
      title: 'workerd',
      text: `Start and callback of 2.7 kB as above. The last column is the time of a new process up to its first response, with one sign-in, minus the time of an empty worker. It shows medians of ${COLD_RUNS} runs. Landfall's first response to a sign-in takes ${colds.get(FIRST.name).toFixed(1)} ms more than an empty worker's.`,
      tables: [table(['case', 'start, µs', `÷ ${base}`, 'callback, µs', `÷ ${base}`, 'cold, ms'], rows)],
      ratios: [
        { what: 'start, workerd: Landfall ÷ oauth4webapi', value: ratio(starts, 'Landfall', base) },
        {
          what: 'callback of 2.7 kB, workerd: Landfall through Supabase ÷ the guide’s route',
          value: ratio(callbacks, 'Landfall, Supabase', '@supabase/ssr'),
        },
      ],
    }
  } finally {
    rmSync(root, { recursive: true })
  }
}
