// An app of apps/moving/ on Next.js at one address: built with another library, and then with Landfall.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../../../stand-ins/child.mjs'
import { findPort } from '../../../stand-ins/port.mjs'
import { root } from '../../package/packed.mjs'
import { baseEnv, run } from './example.mjs'
import { placeApp } from './framework-app.mjs'
import { APPS, layersOf, STAND_INS } from './moving.mjs'

/**
 * @param {string} from the name of a folder in apps/moving/, with `before` and `after`, and `both` where something stays
 * @param {object} options
 * @param {Record<'before' | 'after', Record<string, string>>} options.packages
 * @param {() => Record<string, string>} options.env asked at each deployment
 * @param {string[]} [options.under] other names there, whose files it has too, where it has none of its own
 * @returns {Promise<import('./moving.mjs').Move>}
 */
export const makeNextMove = async (from, { packages, env, under = [] }) => {
  const data = mkdtempSync(join(tmpdir(), 'landfall-moving-'))
  const port = await findPort()
  const origin = `http://localhost:${port}`
  let running
  const stop = async () => {
    await running?.stop()
    running = undefined
  }
  return {
    origin,
    async deploy(which) {
      await stop()
      const folder = join(root, 'build/moving-apps', `${from}-${which}`)
      const next = join(folder, 'node_modules/.bin/next')
      const layers = [from, ...under].flatMap((name) => layersOf(name, which))
      await placeApp(folder, { dependencies: packages[which] }, [...layers, join(APPS, 'next')].toReversed())
      await run(next, ['build'], folder)
      running = await startChild(next, ['start', '-H', '127.0.0.1', '-p', String(port)], {
        cwd: folder,
        env: {
          ...baseEnv,
          NODE_OPTIONS: `--import ${STAND_INS}`,
          APP_ORIGIN: origin,
          NEXTAUTH_URL: origin,
          DATA: data,
          ...env(),
        },
        ready: () => fetch(origin).then(Boolean, () => false),
      })
    },
    async remove() {
      await stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
