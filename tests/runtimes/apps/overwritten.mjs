// A core whose memory is overwritten before the next operation when it is told so: then it traps, as a broken one would,
// also where no code can be made. Import it before what makes instances.
export const state = { isArmed: false, instances: 0 }

const { Instance } = WebAssembly
WebAssembly.Instance = class {
  constructor(...given) {
    const { exports } = new Instance(...given)
    // Node 24 makes one of its own for its HTTP client.
    if (exports.landfall_handle) state.instances += 1
    const landfall_handle = (...message) => {
      if (state.isArmed) new Uint8Array(exports.memory.buffer).fill(0xff)
      state.isArmed = false
      return exports.landfall_handle(...message)
    }
    this.exports = { ...exports, landfall_handle }
  }
}
