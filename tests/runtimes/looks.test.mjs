// The pages of Landfall, the demo app and the demo page in Firefox and WebKit, on a narrow screen, with large text, with less motion, in forced
// colours, and with texts from right to left. Chromium is in tests/browser/looks.test.mjs.
import { after, before } from 'node:test'
import { ENGINES } from '../browser/support/engines.mjs'
import { testLooks } from '../browser/support/looks.mjs'
import { startScreens } from '../browser/support/screens.mjs'

let screens
before(async () => {
  screens = await startScreens()
})
after(() => screens?.close())

for (const engine of ['Firefox', 'WebKit']) testLooks(engine, ENGINES[engine], () => screens)
