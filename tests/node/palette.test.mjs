// Colours stand in wasm/pages/palette.css, once, and both schemes have each of them.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { PALETTE, paletteFor } from '../../tools/palette.mjs'
import { root } from '../../tools/run.mjs'

const COLOR = /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(/i
const read = (file) => readFileSync(join(root, file), 'utf8')
const list = (folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.css'))
    .map((file) => join(folder, file))

const palette = read(PALETTE)
const [light, dark] = palette.split('@media (prefers-color-scheme: dark)')
const propertiesOf = (css) =>
  new Map([...css.matchAll(/^\s*(--[\w-]+): (.+);$/gm)].map(([, ...pair]) => pair))
const namesIn = (css) => new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))

/** The styles that take their colours from the palette: of the demo, of the demo page, of our pages. */
const STYLES = new Map([...list('web-demo'), ...list('web-demo/page')].map((file) => [file, read(file)]))
STYLES.set('wasm/pages/page.css', read('wasm/pages/page.css'))

test('both schemes have the same colours', () => {
  const colors = [...propertiesOf(light)].filter(([, value]) => COLOR.test(value)).map(([name]) => name)
  assert.ok(colors.length > 0)
  assert.deepEqual([...propertiesOf(dark).keys()], colors)
})

describe('names its colours, and each name is there', () => {
  for (const [file, style] of STYLES)
    test(file, () => {
      assert.doesNotMatch(style, COLOR)
      const own = propertiesOf(style)
      for (const name of namesIn(style))
        assert.ok(
          propertiesOf(light).has(name) || own.has(name) || style.includes(`${name}:`) || isGiven(name),
          name,
        )
      for (const name of own.keys()) assert.ok(!propertiesOf(light).has(name), `${name} is the palette's`)
    })
})

/** What the page's script sets on an element. @param {string} name */
const isGiven = (name) =>
  readdirSync(join(root, 'web-demo/page')).some(
    (file) => file.endsWith('.js') && read(`web-demo/page/${file}`).includes(name),
  )

test('a style gets the properties that it names, and no others', () => {
  for (const style of STYLES.values()) {
    const given = [...propertiesOf(paletteFor(style)).keys()]
    assert.deepEqual(
      new Set(given),
      new Set([...namesIn(style)].filter((name) => propertiesOf(light).has(name))),
    )
  }
})

test('every property is used', () => {
  const used = namesIn([...STYLES.values()].join('\n'))
  for (const name of propertiesOf(light).keys()) assert.ok(used.has(name), name)
})
