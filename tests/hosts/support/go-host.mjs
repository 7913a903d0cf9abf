// The host of hosts/go as a program.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyToHosts } from '../../../tools/hosts.mjs'

/** The folder of the Go module. */
export const GO_FOLDER = fileURLToPath(new URL('../../../hosts/go', import.meta.url))

/** Runs the go command. @param {string[]} args @param {string} [folder] of a module */
export const runGo = (args, folder = GO_FOLDER) =>
  execFileSync('go', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Why there is no Go that builds the host; empty where there is one. */
export const whyNoGo = () => {
  const [, wanted] = /^go (\d+\.\d+)/m.exec(readFileSync(join(GO_FOLDER, 'go.mod'), 'utf8')) ?? []
  try {
    const [, major, minor] = /go(\d+)\.(\d+)/.exec(runGo(['version'], tmpdir())) ?? []
    const [wantedMajor, wantedMinor] = String(wanted).split('.')
    if (Number(major) * 1000 + Number(minor) >= Number(wantedMajor) * 1000 + Number(wantedMinor)) return ''
    return `Go ${major}.${minor} is here, and hosts/go needs ${wanted}`
  } catch {
    return `there is no Go here: hosts/go needs ${wanted} from https://go.dev/dl`
  }
}

/** @returns {{ command: string[], remove(): void }} */
export const makeGoHost = () => {
  copyToHosts()
  const folder = mkdtempSync(join(tmpdir(), 'landfall-go-'))
  const program = join(folder, 'drivehost')
  runGo(['build', '-o', program, './internal/drivehost'])
  return { command: [program], remove: () => rmSync(folder, { recursive: true, force: true }) }
}
