// The host of hosts/rust as a program.
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyToHosts } from '../../../tools/hosts.mjs'
import { runIn } from './go-host.mjs'
import { isWanted, whyItWaits } from './turn.mjs'

/** The folder of the crate. */
export const RUST_FOLDER = fileURLToPath(new URL('../../../hosts/rust', import.meta.url))

/** What cargo takes for each engine. Wasmtime has a folder of its own, because it changes what the others are built with. */
const ENGINES = {
  wasmi: ['--target-dir', 'target'],
  wasmtime: ['--target-dir', 'target/wasmtime', '--no-default-features', '--features', 'wasmtime'],
}

const readMinor = () =>
  Number(/^rustc 1\.(\d+)/.exec(runIn(['rustc', '--version'], tmpdir()).output)?.[1] ?? 0)

/** Why this machine cannot build the host; empty where it can. */
export const whyNoRust = () => {
  if (whyItWaits('rust')) return whyItWaits('rust')
  const file = readFileSync(join(RUST_FOLDER, 'Cargo.toml'), 'utf8')
  const [, minor] = /^rust-version = "1\.(\d+)"/m.exec(file) ?? []
  if (readMinor() < Number(minor)) return `it needs Rust 1.${minor} or newer, from https://rustup.rs`
  return runIn(['cargo', 'fetch', '--locked'], RUST_FOLDER).isGood ? '' : 'crates.io does not answer'
}

/** The same for the host with Wasmtime, which takes many minutes to build. */
export const whyNoWasmtime = () => {
  if (!isWanted('rust')) return 'it runs by its name, or with EVERY_ROW=1'
  return readMinor() < 95 ? 'it needs Rust 1.95 or newer, from https://rustup.rs' : whyNoRust()
}

/**
 * Builds a program of the crate, and gives its file.
 * @param {string} name of an example
 * @param {'wasmi' | 'wasmtime'} [engine]
 */
export const buildRust = (name, engine = 'wasmi') => {
  copyToHosts()
  const options = ['--locked', '--release', '--example', name, ...ENGINES[engine]]
  const { isGood, output } = runIn(['cargo', 'build', ...options], RUST_FOLDER)
  if (!isGood) throw new Error(output)
  return join(RUST_FOLDER, ENGINES[engine][1], 'release/examples', name)
}

/** @param {'wasmi' | 'wasmtime'} engine @returns {{ command: string[] }} */
export const makeRustHost = (engine) => ({ command: [buildRust('driven', engine)] })
