// Instances of the core with some of their exports replaced.

/**
 * @param {(exports: Record<string, any>) => Record<string, any>} replace gives the exports to use in place of others
 * @returns {{ count: number, restore: () => void }} how many instances were made since
 */
export const replaceExports = (replace) => {
  const { Instance } = WebAssembly
  const state = { count: 0, restore: () => Object.assign(WebAssembly, { Instance }) }
  WebAssembly.Instance = class {
    constructor(...given) {
      const { exports } = new Instance(...given)
      state.count += 1
      this.exports = { ...exports, ...replace(exports) }
    }
  }
  return state
}
