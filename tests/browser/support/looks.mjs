// How the pages look for people with a narrow screen, large text, less motion or colours of their own, and with texts of others that are
// written from right to left: the same tests for each engine.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { listCollisions, listOutside, listReordered } from './layout.mjs'
import { listMoving, listUnseen } from './preferences.mjs'
import { HOSTILE } from './screens.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LEAST_SCREENS = 15
/** What the texts of others have beside HOSTILE. */
const OTHERS = `${HOSTILE} https app example test`

/** axe-core leaves what it found in the console of nobody: it gives it. */
const runAxe = async (page) => {
  await page.evaluate(`(() => { ${AXE} })()`)
  return page.evaluate(async () => {
    const { violations, passes } = await globalThis.axe.run()
    return {
      passes: passes.length,
      violations: violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    }
  })
}

const expectAxe = async (page, name) => {
  const { passes, violations } = await runAxe(page)
  assert.deepEqual(violations, [], name)
  assert.ok(passes > 10, name)
}

const expectFits = async (page, name) => {
  assert.deepEqual(await page.evaluate(listOutside), [], name)
  const { texts, faults } = await page.evaluate(listCollisions)
  assert.deepEqual(faults, [], name)
  assert.ok(texts > 1, name)
}

const doubleText = (page) =>
  page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })

/**
 * What each condition is, and what holds in it: `expect` runs on each page, and gives how much it found of what it looks for.
 * @type {Record<string, { conditions: import('./engines.mjs').Conditions, expect: (page: any, name: string) => Promise<number | void> }>}
 */
const CASES = {
  '320 pixels, light, less motion: nothing sticks out, is cut off or moves; text from right to left stays in its place':
    {
      conditions: { width: 320, height: 640, colorScheme: 'light', reducedMotion: true },
      async expect(page, name) {
        await expectFits(page, name)
        assert.ok(await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches))
        assert.deepEqual(await page.evaluate(listMoving), [], name)
        const { strange, faults } = await page.evaluate(listReordered, OTHERS)
        assert.deepEqual(faults, [], name)
        await expectAxe(page, name)
        return strange
      },
    },
  '1280 pixels at 200 %, dark: nothing sticks out or is cut off': {
    conditions: { width: 640, height: 400, colorScheme: 'dark' },
    async expect(page, name) {
      assert.ok(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      await expectFits(page, name)
      await expectAxe(page, name)
      return 1
    },
  },
  '1280 pixels, text twice as large: nothing sticks out or is cut off': {
    conditions: { width: 1280, height: 800 },
    async expect(page, name) {
      await doubleText(page)
      await expectFits(page, name)
      return 1
    },
  },
  'forced colours: every control has an edge and shows its focus, and every mark is a line': {
    conditions: { width: 640, height: 800, forcedColors: true },
    async expect(page, name) {
      const { controls, marks, faults } = await page.evaluate(listUnseen)
      assert.deepEqual(faults, [], name)
      assert.ok(controls > 0, name)
      return marks
    },
  },
}

/** Which case an engine cannot do. @param {{ conditions: import('./engines.mjs').Conditions }} case_ @param {string} engine */
const cannot = ({ conditions }, engine) => conditions.forcedColors && engine === 'WebKit'

/**
 * @param {string} engine @param {(conditions: import('./engines.mjs').Conditions) => Promise<any>} launch
 * @param {() => Awaited<ReturnType<typeof import('./screens.mjs').startScreens>>} getScreens
 */
export const testLooks = (engine, launch, getScreens) => {
  for (const [name, one] of Object.entries(CASES)) {
    if (cannot(one, engine)) {
      test(`${engine} has no forced colours: ${name}`, { skip: true }, () => {})
      continue
    }
    test(`${engine}: ${name}`, async () => {
      const browser = await launch(one.conditions)
      try {
        const page = await browser.newPage()
        const width = async () => page.evaluate(() => innerWidth)
        let [screens, found] = [0, 0]
        for await (const screen of getScreens().visit(page)) {
          assert.equal(await width(), one.conditions.width, screen)
          found += (await one.expect(page, screen)) ?? 0
          screens += 1
        }
        assert.ok(screens >= LEAST_SCREENS, `${screens} pages`)
        assert.ok(found >= 5, `${found} of what the case looks for`)
      } finally {
        await browser.close()
      }
    })
  }
}
