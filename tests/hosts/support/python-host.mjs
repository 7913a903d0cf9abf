// The Python package as people install it: its wheel, in an environment of its own under build/.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { whyItWaits } from './turn.mjs'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** The sources of the package. */
export const PACKAGE = join(ROOT, 'hosts/python')
const ENVIRONMENT = join(ROOT, 'build/python')
const WHEELS = join(ROOT, 'build/python-wheels')
/** The Python that has the wheel, and what its tests need. */
export const PYTHON = join(ENVIRONMENT, 'bin/python')

/** @param {string} command @param {string[]} args @param {string} [cwd] */
export const runPython = (command, args, cwd = ROOT) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  return { isGood: status === 0, output: `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}` }
}

const PROBE = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))'

/** Why there is no Python to test with; empty where there is one. */
export const missingPython =
  whyItWaits('python') || (runPython('python3', ['-c', PROBE]).isGood ? '' : 'no Python 3.10 with venv here')

/** @param {string} command @param {string[]} args */
const must = (command, args) => {
  const { isGood, output } = runPython(command, args)
  if (!isGood) throw new Error(`${command} ${args.join(' ')}: ${output}`)
}

let isThere = false

/** Builds the wheel, and installs it. */
export const installPython = () => {
  if (isThere) return
  must('python3', ['-m', 'venv', ENVIRONMENT])
  const pip = ['-m', 'pip', '--quiet', '--disable-pip-version-check']
  rmSync(WHEELS, { recursive: true, force: true })
  mkdirSync(WHEELS, { recursive: true })
  must(PYTHON, [...pip, 'wheel', '--no-deps', '--wheel-dir', WHEELS, PACKAGE])
  const [wheel] = readdirSync(WHEELS)
  must(PYTHON, [...pip, 'install', '-r', join(PACKAGE, 'tests/requirements.txt'), join(WHEELS, wheel)])
  must(PYTHON, [...pip, 'install', '--no-deps', '--force-reinstall', join(WHEELS, wheel)])
  isThere = true
}

/** The package as a host. @param {'asgi' | 'wsgi'} server @returns {{ command: string[] }} */
export const makePythonHost = (server) => {
  installPython()
  return { command: [PYTHON, join(PACKAGE, 'tests/driven.py'), server] }
}
