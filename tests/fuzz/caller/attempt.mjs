// A call, and what it may throw.
import { isOurs, isOwn } from './invariants.mjs'

/** The trap of run.mjs, which a function that answers no Response passes on. @param {any} error */
export const isTrap = (error) => error instanceof WebAssembly.RuntimeError

/** Its result, or what it throws, which has to be allowed. @param {() => any} run @param {(error: any) => boolean} allows */
export const attempt = async (run, allows) => {
  try {
    return { result: await run() }
  } catch (error) {
    if (!allows(error)) throw new Error('it may not throw this', { cause: error })
    return { error }
  }
}

/** What a function with a documented error may throw. @param {any} error */
export const isOursOrOwn = (error) => isOurs(error) || isOwn(error) || isTrap(error)
export const never = () => false
