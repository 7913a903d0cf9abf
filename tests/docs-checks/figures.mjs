// Measured figures belong on pages that scripts write; what other pages name are limits of limits.hpp.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './markdown.mjs'

const MEASURED = ['docs/benchmarks.md', 'docs/hosts.md', 'docs/runtimes.md', 'hosts/python/README.md']
const UNITS = { ms: 1, µs: 0.001, kB: 1000, KB: 1024, KiB: 1024, MB: 1 << 20, MiB: 1 << 20, '%': 0, '×': 0 }
const FIGURE = new RegExp(`(\\d[\\d.,]*)[  ]?(${Object.keys(UNITS).join('|')})(?![\\p{L}\\d])`, 'gu')

/** The numbers of limits.hpp. */
const readLimits = () => {
  const source = readFileSync(join(ROOT, 'wasm/base/limits.hpp'), 'utf8')
  const values = [...source.matchAll(/ = ([\d'u]+)(?: << (\d+))?;/g)]
  return new Set(values.map(([, n, shift]) => Number(n.replace(/['u]/g, '')) * 2 ** Number(shift ?? 0)))
}

/** The figures of a page that are no limit. @param {import('./markdown.mjs').Page} page */
export const findFigures = ({ path, prose }) => {
  if (MEASURED.includes(path)) return []
  const limits = readLimits()
  return [...prose.matchAll(FIGURE)]
    .filter(([, number, unit]) => !limits.has(Number(number.replaceAll(',', '')) * UNITS[unit]))
    .map(([figure]) => `${path}: ${figure}`)
}
