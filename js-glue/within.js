/**
 * A value, or undefined after so many milliseconds.
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} value
 * @returns {Promise<T | undefined>}
 */
export const within = async (milliseconds, value) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @type {Promise<undefined>} */
  const patience = new Promise((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  try {
    return await Promise.race([value, patience])
  } finally {
    clearTimeout(timer)
  }
}
