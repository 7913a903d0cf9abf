/**
 * A field of a message.
 * @param {string[]} step
 * @param {number} index
 */
export const field = (step, index) => /** @type {string} */ (step[index])
