import { KIND, refuseArgument } from './arguments.js'
import { Core } from './core.js'

/**
 * The safe-`next` check by itself.
 * @param {() => unknown} getModule
 * @returns {(next: unknown, origin?: string) => string | null}
 */
export const makeCheckNext = (getModule) => {
  /** @type {Core | undefined} */
  let core
  return (next, origin) => {
    const own = origin ?? ''
    if (typeof own !== 'string') refuseArgument('checkNext', 'origin', KIND.text)
    if (typeof next !== 'string') return null
    core ??= new Core(getModule)
    try {
      return core.checkNext(next, own)
    } catch {
      return null
    }
  }
}
