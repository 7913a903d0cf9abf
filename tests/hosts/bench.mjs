// Measures every host beside the package in Node, and writes the table of docs/hosts.md: node tests/hosts/bench.mjs
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../stand-ins/child.mjs'
import { findPort } from '../../stand-ins/port.mjs'
import { copyToHosts } from '../../tools/hosts.mjs'
import { buildAgainst, installLibrary } from '../runtimes/support/native.mjs'
import { REFERENCE } from './drive.mjs'
import { GO_FOLDER, makeGoHost, runIn } from './support/go-host.mjs'
import { buildJvm, JVM_FOLDER, javaFor, makeJvmHost } from './support/jvm-host.mjs'
import { installPython, makePythonHost, PACKAGE, PYTHON, runPython } from './support/python-host.mjs'
import { buildRust, makeRustHost, RUST_FOLDER } from './support/rust-host.mjs'

const PAGE = new URL('../../docs/hosts.md', import.meta.url)
const MEASURE_NODE = fileURLToPath(new URL('support/measure-node.mjs', import.meta.url))
const MEASURE_PYTHON = fileURLToPath(new URL('../../hosts/python/tests/measure.py', import.meta.url))
const C_FOLDER = fileURLToPath(new URL('../../hosts/c', import.meta.url))
const ROUNDS = 3
const SIGN_INS = 5000
const PROVIDER = { clientId: 'id', clientSecret: 'secret' }
const TIMES = ['start_up', 'check_next', 'sign_in', 'callback', 'other_page', 'session']

/** Lines with code. @param {string} folder @param {RegExp} files @param {RegExp} comments lines with nothing but comments */
const countLines = (folder, files, comments) =>
  readdirSync(folder)
    .filter((name) => files.test(name))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').replace(comments, '').split('\n'))
    .filter((line) => line.trim() !== '').length

const measureNode = () => JSON.parse(execFileSync(process.execPath, [MEASURE_NODE], { encoding: 'utf8' }))

const measureGo = () => {
  const { isGood, output } = runIn(['go', 'test', '-run', '^$', '-bench', '.'])
  if (!isGood) throw new Error(output)
  const found = [...output.matchAll(/^Benchmark(?:\/(\w+)|StartUp)-\d+\s+\d+\s+([\d.]+) ns/gm)]
  return Object.fromEntries(
    found.map(([, name, time]) => (name ? [name, Number(time) / 1e3] : ['start_up', Number(time) / 1e6])),
  )
}

/** Without a home folder, the engine has no cache of what it compiled. @param {Record<string, string>} [more] */
const measurePython = (more = {}) => {
  const { status, stdout, stderr } = spawnSync(PYTHON, [MEASURE_PYTHON], {
    encoding: 'utf8',
    env: { ...process.env, HOME: devNull, ...more },
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** @param {'wasmi' | 'wasmtime'} engine */
const measureRust = (engine) => JSON.parse(execFileSync(buildRust('measure', engine), { encoding: 'utf8' }))

/** @param {'wasmi' | 'wasmtime'} engine */
const makeRustRow = (engine) => ({
  row: [
    'Rust',
    '[hosts/rust](../hosts/rust/README.md)',
    `${engine} ${new RegExp(`name = "${engine}"\nversion = "([\\d.]+)`).exec(readFileSync(join(RUST_FOLDER, 'Cargo.lock'), 'utf8'))?.[1]}`,
    countLines(join(RUST_FOLDER, 'src'), /\.rs$/, /^\s*\/\/.*$/gm),
  ],
  measure: () => measureRust(engine),
  make: () => makeRustHost(engine),
})
const measureJvm = () => {
  const [file, ...args] = javaFor('landfall.MeasureKt')
  return JSON.parse(execFileSync(file, args, { encoding: 'utf8' }))
}

installPython()
const folder = mkdtempSync(join(tmpdir(), 'landfall-library-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const installed = await installLibrary(folder, 'g++', '-DBUILD_SHARED_LIBS=ON')
const library = join(installed, 'lib/liblandfall.so')
const release = '-DCMAKE_BUILD_TYPE=Release'
await buildAgainst('tests/native-host', join(folder, 'native'), installed, 'g++', release)
buildJvm()

/** What a row says of itself, how to measure its times, and its program. */
const HOSTS = [
  {
    row: ['JavaScript', '`landfall`', `Node ${process.versions.node}`, ''],
    measure: measureNode,
    make: () => ({ command: REFERENCE }),
  },
  {
    row: [
      'Go',
      '[hosts/go](../hosts/go/README.md)',
      `wazero ${/wazero v([\d.]+)/.exec(readFileSync(join(GO_FOLDER, 'go.mod'), 'utf8'))?.[1]}`,
      countLines(GO_FOLDER, /^(?!.*_test\.go).*\.go$/, /^\s*\/\/.*$/gm),
    ],
    measure: measureGo,
    make: makeGoHost,
  },
  {
    row: [
      'Python',
      '[hosts/python](../hosts/python/README.md)',
      `wasmtime ${runPython(PYTHON, ['-c', 'import importlib.metadata as m; print(m.version("wasmtime"))']).output.trim()}`,
      countLines(join(PACKAGE, 'src/landfall'), /\.py$/, /^\s*(?:#.*|"""[\s\S]*?""")$/gm),
    ],
    measure: () => measurePython(),
    make: () => makePythonHost('asgi'),
  },
  {
    row: ['Python', '[hosts/python](../hosts/python/README.md)', 'the native library', ''],
    measure: () => measurePython({ LANDFALL_LIBRARY: library }),
    make: () => ({ command: ['env', `LANDFALL_LIBRARY=${library}`, ...makePythonHost('asgi').command] }),
  },
  {
    row: [
      'C, C++',
      '[hosts/c](../hosts/c/README.md)',
      'the native library',
      countLines(C_FOLDER, /^(?!cgi\.).*\.[ch]pp$/, /^\s*\/\/.*$/gm),
    ],
    measure: () => JSON.parse(execFileSync(join(folder, 'native/measure'), { encoding: 'utf8' })),
    make: () => ({ command: [join(folder, 'native/driven')] }),
  },
  makeRustRow('wasmi'),
  makeRustRow('wasmtime'),
  {
    row: [
      'Java, Kotlin',
      '[hosts/jvm](../hosts/jvm/README.md)',
      `Chicory ${/<chicory.version>([\d.]+)/.exec(readFileSync(join(JVM_FOLDER, 'pom.xml'), 'utf8'))?.[1]}`,
      countLines(
        join(JVM_FOLDER, 'src/main/kotlin/landfall'),
        /\.kt$/,
        /^\s*(?:\/\/.*|\/\*\*[\s\S]*?\*\/)$/gm,
      ),
    ],
    measure: measureJvm,
    make: makeJvmHost,
  },
]

/** @param {string} url */
const ask = (url) =>
  new Promise((resolve, reject) => {
    request(url, (answer) => answer.resume().on('end', () => resolve(answer.statusCode)))
      .on('error', reject)
      .end()
  })

/** The memory of a host after many sign-ins have started, in megabytes. @param {{ command: string[], remove?(): void }} program */
const measureMemory = async ({ command: [file, ...args], remove }) => {
  const port = await findPort()
  const origin = `http://127.0.0.1:${port}`
  const options = { origin, secret: 'x'.repeat(32), providers: { github: PROVIDER } }
  const env = { PORT: String(port), LANDFALL_OPTIONS: JSON.stringify(options) }
  const child = await startChild(file, args, { env, ready: /^listening$/m })
  try {
    for (let i = 0; i < SIGN_INS; i++) {
      const status = await ask(`${origin}/auth/sign-in?provider=github`)
      if (status !== 303) throw new Error(`a sign-in answers ${status}`)
    }
    const [, kilobytes] = /VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1000
  } finally {
    await child.stop()
    remove?.()
  }
}

copyToHosts()
/** @type {Record<string, number>[]} the best of all rounds, in which the hosts take turns */
const best = HOSTS.map(() => ({}))
for (let round = 0; round < ROUNDS; round++)
  for (const [i, { measure }] of HOSTS.entries())
    for (const [name, time] of Object.entries(measure()))
      best[i][name] = Math.min(time, best[i][name] ?? Number.POSITIVE_INFINITY)

const lines = []
for (const [i, { row, make }] of HOSTS.entries()) {
  const times = TIMES.map(
    (name) => `${Number(best[i][name].toPrecision(2))} ${name === 'start_up' ? 'ms' : 'µs'}`,
  )
  lines.push(`| ${[...row, ...times, `${Math.round(await measureMemory(make()))} MB`].join(' | ')} |`)
}
const text = readFileSync(PAGE, 'utf8')
writeFileSync(PAGE, text.replace(/(?<=^\| language \|.*\n\| --- .*\n)(?:\|.*\n)+/m, `${lines.join('\n')}\n`))
console.log(lines.join('\n'))
