// The colours of wasm/pages/palette.css for one style: the properties that it names, and no others.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'

/** Where the colours stand, in the repository. */
export const PALETTE = 'wasm/pages/palette.css'

/**
 * The palette's rules without comments, empty lines, and properties that the style does not use. Put it before the style.
 * @param {string} style CSS with var(--name)
 */
export const paletteFor = (style) => {
  const used = new Set([...style.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  const isWanted = (line) => {
    if (line.trim() === '' || line.trim().startsWith('/*')) return false
    const name = /^\s*(--[\w-]+):/.exec(line)?.[1]
    return name === undefined || used.has(name)
  }
  return `${readFileSync(join(root, PALETTE), 'utf8').split('\n').filter(isWanted).join('\n')}\n`
}
