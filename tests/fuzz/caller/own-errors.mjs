// What the caller's own code throws, so that it is told from what Landfall throws.

/** What the caller's own code throws. */
export class OwnError extends Error {
  name = 'OwnError'
}
/** What a member throws that could be read before: whoever reads twice gets it. */
export class LateError extends OwnError {
  name = 'LateError'
}

/** What functions of the caller threw, whatever it is. @type {Set<unknown>} */
export const thrown = new Set()
