// Nearly valid values: a valid argument with one member damaged.

/** Whether it is a plain object or list of this realm; one that throws is not. @param {any} value */
const isPlain = (value) => {
  try {
    return (
      value !== null &&
      typeof value === 'object' &&
      [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value))
    )
  } catch {
    return false
  }
}

/** A copy whose members may be changed, and whose getters are not asked. @param {any} value */
const copyOf = (value) => {
  /** @type {any} */
  const copy = Array.isArray(value) ? [] : {}
  for (const key of Object.keys(value)) {
    const descriptor = { ...Object.getOwnPropertyDescriptor(value, key), configurable: true }
    if ('value' in descriptor) descriptor.writable = true
    Object.defineProperty(copy, key, descriptor)
  }
  return copy
}

/** A copy with one member put elsewhere or changed. @param {any} value @param {import('./values.mjs').Values} values @returns {any} */
export const damage = (value, values) => {
  if (!isPlain(value) || values.oneIn(12)) return values.any()
  const copy = copyOf(value)
  const key = values.pick([...Object.keys(copy), Array.isArray(copy) ? '0' : values.text()])
  const at = Object.getOwnPropertyDescriptor(value, key)?.value
  const set = (descriptor, name = key) =>
    Object.defineProperty(copy, name, { enumerable: true, configurable: true, ...descriptor })
  values.pick([
    () => set({ value: values.any(), writable: true }),
    () => set({ value: values.any(), writable: true }),
    () => set({ value: isPlain(at) ? damage(at, values) : values.any(), writable: true }),
    () => set({ value: isPlain(at) ? damage(at, values) : values.text(), writable: true }),
    () => delete copy[key],
    () => set({ get: values.own }),
    () => set({ get: values.flipping(at) }),
    () =>
      set({ value: values.any(), writable: true }, Array.isArray(copy) ? String(copy.length) : values.text()),
  ])()
  return values.oneIn(10) ? new Proxy(copy, {}) : copy
}

/** Mostly nearly valid, now and then valid, now and then anything. @param {any} valid @param {import('./values.mjs').Values} values */
export const nearly = (valid, values) => {
  const kind = values.below(10)
  if (kind === 0) return valid
  if (kind <= 2) return values.any()
  return damage(valid, values)
}

/** What the engine reads by itself: of a list, and of what somebody awaits. */
const ENGINE = new Set(['length', 'then'])

/**
 * An argument that notes how often each of its members is read; `twice` has the names of those read more than once.
 * @param {any} value
 */
export const watch = (value) => {
  const reads = new Map()
  const proxy = isPlain(value)
    ? new Proxy(value, {
        get(target, key, receiver) {
          if (typeof key === 'string') reads.set(key, (reads.get(key) ?? 0) + 1)
          return Reflect.get(target, key, receiver)
        },
      })
    : value
  return {
    proxy,
    twice: () => [...reads].filter(([key, count]) => count > 1 && !ENGINE.has(key)).map(([key]) => key),
  }
}
