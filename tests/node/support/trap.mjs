// A core whose instances trap when they are told to, as a real Wasm trap.

/** (func (export "f") unreachable) */
const UNREACHABLE = new Uint8Array([
  0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02, 0x01, 0x00,
  0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00, 0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b,
])

/**
 * Lets `isTrap` decide, before every operation of every new instance, whether it traps; `instances` counts them.
 * @param {(operation: number) => boolean} isTrap
 */
export const installTraps = (isTrap) => {
  const { Instance, Module } = WebAssembly
  const trap = new Instance(new Module(UNREACHABLE)).exports.f
  const state = { instances: 0, restore: () => Object.assign(WebAssembly, { Instance }) }
  class TrappingInstance {
    constructor(module, imports) {
      const { exports } = new Instance(module, imports)
      state.instances += 1
      this.exports = {
        ...exports,
        landfall_handle: (operation) => {
          if (!isTrap(operation)) return exports.landfall_handle(operation)
          // As a call that runs out of memory does, on its way: the views of before are gone.
          exports.memory.grow(1)
          return trap()
        },
      }
    }
  }
  WebAssembly.Instance = TrappingInstance
  return state
}
