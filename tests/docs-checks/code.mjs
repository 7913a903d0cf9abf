// The code of the documents: parsed, type-checked against the package, and run where it makes an `auth`.
import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'
import { sourceOf } from './excerpts.mjs'
import { ROOT } from './markdown.mjs'

const LOADERS = { js: 'js', javascript: 'js', jsx: 'jsx', ts: 'ts', tsx: 'tsx' }
const here = (name) => readFileSync(new URL(name, import.meta.url), 'utf8')

/** A block with where it stands. @typedef {import('./markdown.mjs').Block & { page: import('./markdown.mjs').Page, place: string }} Code */

/** The JavaScript of pages. @param {import('./markdown.mjs').Page[]} pages @returns {Code[]} */
export const codeOf = (pages) =>
  pages.flatMap((page) =>
    page.blocks
      .filter(({ language }) => language in LOADERS)
      .map((block) => ({ ...block, page, place: `${page.path}:${block.line}` })),
  )

/** Throws when it does not parse. @param {Code} code */
export const parse = ({ code, language }) => transformSync(code, { loader: LOADERS[language] })

/** What is no text of any kind, by the end of its name. @type {Record<string, () => string>} */
const VALUES = {
  APP_ORIGIN: () => 'https://app.example',
  SUPABASE_URL: () => 'https://abc.supabase.co',
  _ISSUER: () => 'https://login.example',
  _HOST: () => 'github.example',
  _PRIVATE_KEY: () =>
    String(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
    ),
}

/** Its example needs no package, and is run by abi-docs.test.mjs. */
const OTHERS = 'docs/abi.md'

/** Code to be replaced is marked `old`; what examples/ has is run there. @param {Code} code */
export const isOwn = (code) => code.info !== 'old' && code.page.path !== OTHERS && !sourceOf(code.page, code)

/** @param {Code} code */
const isRunnable = ({ code }) => code.includes("{ createAuth } from 'landfall'")

/** A project with the package, the files named after their places. @param {Code[]} blocks */
export const makeProject = (blocks) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-docs-'))
  const write = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const link = (target, name) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    symlinkSync(join(ROOT, target), join(folder, name))
  }
  link('.', 'node_modules/landfall')
  link('node_modules/@supabase', 'node_modules/@supabase')
  link('node_modules/@types/node', 'node_modules/@types/node')
  write('lib/auth.ts', "import type { Auth } from 'landfall'\nexport declare const auth: Auth\n")
  write(
    'lib/mfa.ts',
    'export declare const requireSteps: (request: Request, headers: Headers) => Promise<Response | undefined>\n',
  )
  write('given.d.ts', here('given.d.ts'))
  write('tsconfig.json', here('tsconfig.json'))
  write('package.json', '{ "type": "module" }')
  const names = new Map()
  for (const block of blocks) {
    const name = block.place.replace(/\.md:|\//g, '-')
    names.set(name, block)
    write(`${name}.${block.language}`, block.code)
    if (isRunnable(block)) write(`run/${name}.mjs`, parse(block).code)
  }
  return { folder, names, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

const run = promisify(execFile)

/** What tsc complains about, with the places in the documents. @param {ReturnType<typeof makeProject>} project */
export const typeCheck = async ({ folder, names }) => {
  const tsc = join(ROOT, 'node_modules/.bin/tsc')
  const { stdout } = await run(tsc, ['-p', folder, '--pretty', 'false'], { cwd: folder }).catch(
    (error) => error,
  )
  return stdout.replace(/^([\w-]+)\.\w+\((\d+),\d+\)/gm, (all, name, line) => {
    const block = names.get(name)
    return block ? `${block.page.path}:${block.line + Number(line) - 1}` : all
  })
}

/** An environment that has what the block reads. @param {Code} block */
const environmentOf = ({ code }) => {
  const env = { PATH: process.env.PATH }
  for (const [, name] of code.matchAll(/process\.env\.(\w+)/g)) {
    if (name === 'BITBUCKET_CLIENT_ID') env[name] = 'demo-client'
    if (name === 'BITBUCKET_CLIENT_SECRET') env[name] = 'demo-secret'
    const [, value] = Object.entries(VALUES).find(([end]) => name.endsWith(end)) ?? []
    env[name] ??= value?.() ?? 'x'.repeat(40)
  }
  return env
}

const VISIT = join(ROOT, 'tests/docs-checks/visit.mjs')

/** Runs a block of code in a process of its own. @param {Code} block @param {string[]} args @param {NodeJS.ProcessEnv} env */
const visit = async ({ place }, args, env) => {
  const { stdout } = await run(process.execPath, [VISIT, ...args], { env }).catch(({ stderr }) => {
    throw new Error(`${place}: ${stderr}`)
  })
  return stdout
}

/**
 * Imports every block that makes an `auth`; where it signs in with Bitbucket itself, that ends with the app's session.
 * @param {ReturnType<typeof makeProject>} project @param {string} standIn the stand-in for Bitbucket
 * @returns {Promise<{ runs: number, signIns: number }>}
 */
export const runAll = async ({ folder, names }, standIn) => {
  const count = { runs: 0, signIns: 0 }
  for (const [name, block] of names) {
    if (!isRunnable(block)) continue
    const signsIn = /bitbucket: \{\s*clientId/.test(block.code) && /onSession|session: true/.test(block.code)
    const args = [join(folder, `run/${name}.mjs`), ...(signsIn ? [standIn] : [])]
    const stdout = await visit(block, args, environmentOf(block))
    count.runs += 1
    if (!signsIn) continue
    count.signIns += 1
    if (!/\n(?:__Host-landfall-session=1|session=bitbucket;)/.test(stdout))
      throw new Error(`${block.place}: ${stdout}`)
  }
  return count
}

/**
 * Imports every block that makes an `auth`, in an environment that has nothing of what it reads: no import fails, and each variable that
 * `check` names is one that the block reads.
 * @param {ReturnType<typeof makeProject>} project @returns {Promise<string[]>} the variables that were named
 */
export const runUnset = async ({ folder, names }) => {
  const named = new Set()
  for (const [name, block] of names) {
    if (!isRunnable(block)) continue
    const stdout = await visit(block, [join(folder, `run/${name}.mjs`)], { PATH: process.env.PATH })
    for (const { option, variable } of JSON.parse(stdout)) {
      if (!block.code.includes(`process.env.${variable}`))
        throw new Error(`${block.place}: ${option} has no value, and ${variable} is not there to be set`)
      named.add(variable)
    }
  }
  return [...named].sort()
}
