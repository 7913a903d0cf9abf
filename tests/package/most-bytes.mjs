// The most bytes of brotli that the modules and the demo page may have: what is reached, so that it does not grow unseen (ARCHITECTURE.md,
// "Size"). They differ by the version of Emscripten: Debian 12 has the first, Debian 13 the second. Another one has the bounds of the one
// before it, or of the first.
import { capture } from '../../tools/run.mjs'

const MOST_BYTES = {
  '3.1.6': { core: 67_400, browser: 55_200, page: 100_000 },
  '3.1.69': { core: 70_800, browser: 58_100, page: 102_500 },
}

const { output } = await capture('emcc', ['--version'])
const [version] = /\d+\.\d+\.\d+/.exec(output)
const isAfter = (a, b) => a.localeCompare(b, 'en', { numeric: true }) > 0
const known = Object.keys(MOST_BYTES).reduce((found, one) => (isAfter(one, version) ? found : one))

/** @type {{ core: number, browser: number, page: number }} */
export default MOST_BYTES[known]
