/**
 * An app, made at once from options; from a function that gives them, made at the first use, and again as long as it
 * throws.
 * @template {object} Options
 * @template App
 * @param {Options | (() => Options)} options
 * @param {(options: Options) => App} make
 * @returns {() => App}
 */
export const whenUsed = (options, make) => {
  let app = typeof options === 'function' ? undefined : make(options)
  return () => {
    app ??= make(/** @type {() => Options} */ (options)())
    return app
  }
}
