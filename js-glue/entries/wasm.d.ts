// How bundlers of edge functions import core.wasm: as a compiled module.
declare module '*.wasm' {
  const module: unknown
  export default module
}
declare module '*.wasm?module' {
  const module: unknown
  export default module
}
