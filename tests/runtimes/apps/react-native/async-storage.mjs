// A stand-in for AsyncStorage: it answers later, as the real one does.
/** @type {Map<string, string>} */
export const items = new Map()

export default {
  async getItem(name) {
    await null
    return items.get(name) ?? null
  },
  async setItem(name, value) {
    await null
    items.set(name, value)
  },
  async removeItem(name) {
    await null
    items.delete(name)
  },
}
