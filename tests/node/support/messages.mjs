// Messages for the core as the glue writes them, and a core to give them to.
import { Core } from '../../../dist/core.js'
import * as REQUEST from '../../../dist/generated/messages/request.js'
import * as REQUEST_HEADER from '../../../dist/generated/messages/request-header.js'
import * as START from '../../../dist/generated/messages/start.js'
import { getModule } from '../../../dist/module.js'
import { PROVIDER, SECRET } from './app.mjs'

const CONFIG = JSON.stringify({
  origin: 'https://app.example',
  secret: SECRET,
  providers: { main: PROVIDER },
  onSession: true,
})
const NOW = '1750000000'
export const ENTROPY = new Uint8Array(96).map((_, i) => i + 1)

/** START with nothing but what it needs. */
export const startFields = () =>
  START.NAMES.map((name) => ({ now: NOW, entropy: ENTROPY, provider: 'main' })[name] ?? '')
/** A REQUEST for the sign-in route. */
export const requestFields = () => {
  const fields = new Array(REQUEST.NAMES.length - 1 + REQUEST_HEADER.NAMES.length).fill('')
  return Object.assign(fields, {
    [REQUEST.now]: NOW,
    [REQUEST.entropy]: ENTROPY,
    [REQUEST.method]: 'GET',
    [REQUEST.url]: 'https://app.example/auth/sign-in?provider=main',
  })
}

/** A core with a configuration. */
export const makeCore = () => {
  const core = new Core(getModule, CONFIG)
  core.configure()
  return core
}
