/** Runs in a page: whether its policy lets it run a WebAssembly module. WebKit lets every page compile one, and make no instance. */
export const mayRunModules = () => {
  try {
    const module = new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))
    return Boolean(new WebAssembly.Instance(module, {}))
  } catch {
    return false
  }
}
