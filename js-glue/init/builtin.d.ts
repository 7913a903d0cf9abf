// The parts of Node's own modules that this folder uses; the repository has no types of Node for the package.
declare module 'node:fs' {
  type Stats = { isFile(): boolean; isDirectory(): boolean; size: number }
  type Entry = { name: string; isFile(): boolean; isDirectory(): boolean }
  export function statSync(path: string, options: { throwIfNoEntry: false }): Stats | undefined
  export function lstatSync(path: string, options: { throwIfNoEntry: false }): Stats | undefined
  export function realpathSync(path: string): string
  export function readFileSync(path: string | URL): Uint8Array
  export function readdirSync(path: string, options: { withFileTypes: true }): Entry[]
  export function mkdirSync(path: string, options: { recursive: true }): void
  export function writeFileSync(path: string, text: string, options: { flag: 'wx' | 'a' }): void
}
declare module 'node:path' {
  export const sep: string
  export function basename(path: string): string
  export function dirname(path: string): string
  export function extname(path: string): string
  export function join(...parts: string[]): string
  export function relative(from: string, to: string): string
  export function resolve(path: string): string
}
declare module 'node:readline/promises' {
  type Streams = { input: unknown; output: unknown }
  type Asking = {
    question(text: string): Promise<string>
    on(event: 'close', end: () => void): void
    close(): void
  }
  export function createInterface(streams: Streams): Asking
}
declare module 'node:url' {
  export function fileURLToPath(url: URL): string
}
