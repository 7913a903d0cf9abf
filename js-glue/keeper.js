/**
 * Keeps the newest few values that cost something to make. What cannot be made is not kept, and pushes none out.
 * Nobody waits for what another request makes: Workers end a request, and its promises, when its client leaves.
 * @template T
 * @param {number} max
 * @returns {(name: string, make: () => Promise<T>) => Promise<T>} gives the kept value of a name, or makes it
 */
export const makeKeeper = (max) => {
  /** @type {Map<string, T>} */
  const kept = new Map()
  return async (name, make) => {
    const old = kept.get(name)
    if (old !== undefined) return old
    const value = await make()
    kept.set(name, value)
    if (kept.size > max) kept.delete(/** @type {string} */ (kept.keys().next().value))
    return value
  }
}
