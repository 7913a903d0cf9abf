// Makes sure that everything a command needs is on this machine. Node's built-in modules only: it runs in a fresh clone.
// `npm run setup -- build test lint fuzz everywhere fleet hosts bench`; without arguments, all of them.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { capture, program, root, run, Stop, say } from './run.mjs'

const works = async (command, ...args) => (await capture(command, args)).code === 0
const anyWorks = async (...commands) => {
  for (const command of commands) if (await works(command, '--version')) return true
  return false
}

/** @param {string} header */
const hasHeader = (header) => {
  const { BOOST_ROOT } = process.env
  const folders = [
    ...(BOOST_ROOT ? [BOOST_ROOT, join(BOOST_ROOT, 'include')] : []),
    '/usr/local/include',
    '/usr/include',
  ]
  return folders.some((folder) => existsSync(join(folder, header)))
}

const hasCmake = async () => {
  const version = /version (\d+)\.(\d+)/.exec((await capture('cmake', ['--version'])).output)
  return version !== null && Number(version[1]) * 1000 + Number(version[2]) >= 3025
}

const hasSanitizers = async () => {
  const { output } = await capture('clang++', ['-print-file-name=libclang_rt.asan-x86_64.a'])
  const other = await capture('clang++', ['-print-file-name=libclang_rt.asan-aarch64.a'])
  return existsSync(output.trim()) || existsSync(other.output.trim())
}

/** Also what only a JDK has. */
const hasMaven = async () => {
  const { output } = await capture('mvn', ['-version'])
  const [, java] = /Java version: (\d+)/.exec(output) ?? []
  return Number(java) >= 17 && (await works('javac', '-version'))
}

/** It has no option that it does not answer with an error. */
const hasWrk = async () => (await capture('wrk', ['--version'])).code !== 127

/** The Boost package that this distribution offers. Its default may be older than 1.81, which brought Boost.URL. */
const boostPackage = async () => {
  const { output } = await capture('apt-cache', ['search', '--names-only', '^libboost1\\.[0-9]+-dev$'])
  const minors = [...output.matchAll(/^libboost1\.(\d+)-dev/gm)].map((match) => Number(match[1]))
  const minor = minors.filter((each) => each >= 81).sort((a, b) => a - b)[0] ?? 81
  return [`libboost1.${minor}-dev`]
}

/** Sanitizer runtimes come with the version of clang that `clang` stands for. */
const sanitizerPackage = async () => {
  const { output } = await capture('apt-cache', ['depends', 'clang'])
  return [`libclang-rt-${/Depends: clang-(\d+)/.exec(output)?.[1] ?? 14}-dev`]
}

const ELECTRON_LIBRARIES = ['libgtk-3.so.0', 'libasound.so.2', 'libgbm.so.1', 'libnss3.so']

const hasElectronLibraries = async () => {
  const { output } = await capture('/sbin/ldconfig', ['-p'])
  return ELECTRON_LIBRARIES.every((name) => output.includes(`\t${name} `))
}

/** Newer distributions add `t64` to some names. */
const electronPackages = async () => {
  const { output } = await capture('apt-cache', ['search', '--names-only', '^libasound2t64$'])
  const ending = output.includes('t64') ? 't64' : ''
  return [`libgtk-3-0${ending}`, `libasound2${ending}`, 'libgbm1', 'libnss3']
}

/** What is needed, how to see that it is there, the Debian packages that bring it. */
const PARTS = {
  cmake: { what: 'CMake >= 3.25', there: hasCmake, packages: ['cmake'] },
  ninja: { what: 'Ninja', there: () => works('ninja', '--version'), packages: ['ninja-build'] },
  emscripten: {
    what: 'Emscripten (em++, em-config)',
    there: () => works('em-config', 'EMSCRIPTEN_ROOT'),
    packages: ['emscripten'],
  },
  binaryen: {
    what: 'Binaryen (wasm-opt, wasm2js)',
    there: async () => (await works('wasm-opt', '--version')) && works('wasm2js', '--version'),
    packages: ['binaryen'],
  },
  boost: {
    what: 'Boost.URL as headers (Boost >= 1.81; elsewhere unpacked, with BOOST_ROOT set to it)',
    there: () => hasHeader('boost/url/rfc/pct_encoded_rule.hpp'),
    packages: boostPackage,
  },
  json: {
    what: 'nlohmann/json >= 3.11',
    there: () => hasHeader('nlohmann/json.hpp'),
    packages: ['nlohmann-json3-dev'],
  },
  clang: { what: 'clang++', there: () => works('clang++', '--version'), packages: ['clang'] },
  sanitizers: { what: "clang's sanitizers", there: hasSanitizers, packages: sanitizerPackage },
  curl: {
    what: 'libcurl as headers',
    there: () => works('curl-config', '--version'),
    packages: ['libcurl4-openssl-dev'],
  },
  ssl: {
    what: 'OpenSSL 3 as headers',
    there: () => hasHeader('openssl/core_names.h'),
    packages: ['libssl-dev'],
  },
  gcc: { what: 'g++', there: () => works('g++', '--version'), packages: ['g++'] },
  gtest: { what: 'GoogleTest', there: () => hasHeader('gtest/gtest.h'), packages: ['libgtest-dev'] },
  valgrind: {
    what: 'Valgrind, with its headers',
    there: async () => (await works('valgrind', '--version')) && hasHeader('valgrind/callgrind.h'),
    packages: ['valgrind'],
  },
  openssl: { what: 'OpenSSL', there: () => works('openssl', 'version'), packages: ['openssl'] },
  script: { what: 'script', there: () => works('script', '--version'), packages: ['bsdutils'] },
  chromium: {
    what: 'Chromium',
    there: () => anyWorks('chromium', 'chromium-browser', 'google-chrome'),
    packages: ['chromium'],
  },
  firefox: {
    what: 'Firefox',
    there: () => anyWorks('firefox-esr', 'firefox'),
    packages: ['firefox-esr'],
  },
  // The driver answers --help with success, and knows no --version.
  webkit: {
    what: 'WebKitGTK with its driver',
    there: () => works('WebKitWebDriver', '--help'),
    packages: ['webkit2gtk-driver'],
  },
  // Where a user's PATH has no /usr/sbin, it is there all the same. Debian's package also starts a server at port 80.
  nginx: {
    what: 'nginx',
    there: async () => existsSync('/usr/sbin/nginx') || (await works('nginx', '-v')),
    packages: ['nginx-light'],
  },
  electron: {
    what: 'the libraries of Electron (GTK 3, ALSA, GBM, NSS)',
    there: hasElectronLibraries,
    packages: electronPackages,
  },
  xdg: { what: 'xdg-open', there: () => works('xdg-open', '--version'), packages: ['xdg-utils'] },
  screen: { what: 'Xvfb', there: () => works('Xvfb', '-help'), packages: ['xvfb'] },
  format: {
    what: 'clang-format',
    there: () => works('clang-format', '--version'),
    packages: ['clang-format'],
  },
  wrk: { what: 'wrk', there: hasWrk, packages: ['wrk'] },
  python: {
    what: 'Python >= 3.10 with venv',
    there: () => works('python3', '-c', 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))'),
    packages: ['python3-venv'],
  },
  maven: {
    what: 'Maven >= 3.8 with a JDK >= 17',
    there: hasMaven,
    packages: ['maven', 'default-jdk-headless'],
  },
  tidy: { what: 'clang-tidy', there: () => works('clang-tidy', '--version'), packages: ['clang-tidy'] },
}

/** The Debian package of Go may be older. go.mod says what the host needs. */
const hasGo = async () => {
  const [, minor] = /go1\.(\d+)/.exec((await capture('go', ['version'])).output) ?? []
  return Number(minor) >= 25
}

/** Cargo.toml says what the host needs. */
const hasRust = async () => {
  const [, minor] = /cargo 1\.(\d+)/.exec((await capture('cargo', ['--version'])).output) ?? []
  return Number(minor) >= 88
}

/** Without these, some tests of a purpose are skipped. No package of Debian brings them. */
const OPTIONAL = {
  everywhere: [
    { what: 'Go >= 1.25 from https://go.dev/dl, for hosts/go', there: hasGo },
    { what: 'Rust >= 1.88 from https://rustup.rs, for hosts/rust', there: hasRust },
  ],
}

const BUILD = ['cmake', 'ninja', 'emscripten', 'binaryen', 'boost', 'json']
const NATIVE = ['cmake', 'ninja', 'boost', 'json', 'clang', 'sanitizers']
const NEEDS = {
  build: BUILD,
  test: [...BUILD, ...NATIVE, 'gtest', 'valgrind', 'openssl', 'script', 'chromium'],
  lint: [...BUILD, ...NATIVE, 'gtest', 'format', 'tidy'],
  fuzz: NATIVE,
  everywhere: [
    ...NATIVE,
    'gcc',
    'gtest',
    'curl',
    'ssl',
    'chromium',
    'firefox',
    'webkit',
    'electron',
    'xdg',
    'screen',
    'python',
    'nginx',
    'openssl',
  ],
  fleet: ['nginx'],
  hosts: ['python', 'maven'],
  bench: [...NATIVE, 'gtest', 'valgrind', 'wrk'],
}

/** What only these purposes need of npm, and is large. */
const FOLDERS = { everywhere: 'tests/runtimes', bench: 'tests/bench' }

/** @param {string[]} names */
const findMissing = async (names) => {
  const missing = []
  for (const name of names) if (!(await PARTS[name].there())) missing.push(PARTS[name])
  return missing
}

/** @param {{ packages: string[] | (() => Promise<string[]>) }[]} parts */
const packagesOf = async (parts) => {
  const lists = []
  for (const { packages } of parts) lists.push(typeof packages === 'function' ? await packages() : packages)
  return lists.flat()
}

const list = (parts) => parts.map(({ what }) => `    ${what}`).join('\n')

const APT = ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'Dpkg::Use-Pty=0']

const install = async (missing) => {
  const byHand = `These are missing:\n${list(missing)}`
  if (!(await works('apt-get', '--version'))) {
    throw new Stop(
      `${byHand}\n  This is not Debian or Ubuntu: install them with your system's package manager.`,
    )
  }
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !(await works('sudo', '-n', 'true'))) {
    const packages = (await packagesOf(missing)).join(' ')
    throw new Stop(`${byHand}\n  Install them and try again:\n    sudo apt-get install ${packages}`)
  }
  const [command, ...before] = isRoot ? ['env'] : ['sudo', '-n', 'env']
  const apt = (...args) => run(command, [...before, ...APT, ...args], { quiet: true })
  say('setup: apt-get update')
  await apt('update')
  const packages = await packagesOf(missing)
  say(`setup: apt-get install ${packages.join(' ')} (a few minutes the first time)`)
  await apt('install', '-y', '--no-install-recommends', ...packages)
}

/** Installs what a lock file names, where it changed since. @param {string} folder in the repository */
export const installModules = async (folder) => {
  const stamp = join(root, folder, 'node_modules/.package-lock.json')
  const lock = join(root, folder, 'package-lock.json')
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return
  say(`setup: npm ci ${folder}`.trimEnd())
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await run('npm', ['ci', '--prefix', join(root, folder), ...flags], { quiet: true })
}

/** Debian's packages may bring an older one, and it starts as far as its first error. @param {string} version of Node */
export const checkNode = (version) => {
  if (Number.parseInt(version, 10) >= 20) return
  throw new Stop(
    `Node >= 20 is needed, and this is ${version}.\n  Install it from https://nodejs.org and try again.`,
  )
}

/**
 * Installs what the named purposes need and this machine lacks; stops with instructions where it may not.
 * @param {...('build' | 'test' | 'lint' | 'fuzz' | 'everywhere' | 'fleet' | 'hosts' | 'bench')} purposes
 */
export const setup = async (...purposes) => {
  checkNode(process.versions.node)
  const names = [...new Set(purposes.flatMap((purpose) => NEEDS[purpose]))]
  const missing = await findMissing(names)
  if (missing.length > 0) {
    await install(missing)
    const still = await findMissing(names)
    if (still.length > 0) throw new Stop(`This system's packages do not bring:\n${list(still)}`)
  }
  for (const purpose of purposes)
    for (const { what, there } of OPTIONAL[purpose] ?? [])
      if (!(await there())) say(`setup: the tests are skipped that need ${what}`)
  await installModules('')
  // Their install scripts would only download what the packages bring anyway.
  for (const [purpose, folder] of Object.entries(FOLDERS))
    if (purposes.includes(purpose)) await installModules(folder)
}

await program(import.meta.url, async () => {
  const purposes = process.argv.slice(2)
  const unknown = purposes.find((purpose) => !(purpose in NEEDS))
  if (unknown) throw new Stop(`setup: ${unknown} is none of ${Object.keys(NEEDS).join(', ')}`)
  await setup(...(purposes.length > 0 ? purposes : Object.keys(NEEDS)))
  say('setup: everything is here')
})
