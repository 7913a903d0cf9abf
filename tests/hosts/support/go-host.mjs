// The host of hosts/go as a program.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyToHosts } from '../../../tools/hosts.mjs'
import { whyItWaits } from './turn.mjs'

/** The folder of the Go module. */
export const GO_FOLDER = fileURLToPath(new URL('../../../hosts/go', import.meta.url))

/**
 * Runs the go command, or another one.
 * @param {string[]} command
 * @param {string} [folder] of a module
 * @returns {{ isGood: boolean, output: string }}
 */
export const runIn = ([file, ...args], folder = GO_FOLDER) => {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: 'utf8' })
  return { isGood: status === 0, output: `${stdout ?? ''}${stderr ?? ''}` }
}

/** A version as one number. @param {RegExp} pattern @param {string} text */
const readVersion = (pattern, text) => {
  const [, major, minor] = pattern.exec(text) ?? []
  return major === undefined ? undefined : Number(major) * 1000 + Number(minor)
}

/** Why this machine cannot build the host; empty where it can. */
export const whyNoGo = () => {
  if (whyItWaits('go')) return whyItWaits('go')
  const file = readFileSync(join(GO_FOLDER, 'go.mod'), 'utf8')
  const [wanted] = /(?<=^go )\d+\.\d+/m.exec(file) ?? ['']
  const own = readVersion(/go(\d+)\.(\d+)/, runIn(['go', 'version'], tmpdir()).output)
  if (own === undefined || own < Number(readVersion(/(\d+)\.(\d+)/, wanted)))
    return `it needs Go ${wanted} or newer, from https://go.dev/dl`
  return runIn(['go', 'mod', 'download']).isGood ? '' : 'the Go module proxy does not answer'
}

/** @returns {{ command: string[], remove(): void }} */
export const makeGoHost = () => {
  copyToHosts()
  const folder = mkdtempSync(join(tmpdir(), 'landfall-go-'))
  const program = join(folder, 'drivehost')
  const { isGood, output } = runIn(['go', 'build', '-o', program, './internal/drivehost'])
  if (!isGood) throw new Error(output)
  return { command: [program], remove: () => rmSync(folder, { recursive: true, force: true }) }
}
