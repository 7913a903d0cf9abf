// The pages of Landfall, the demo app and the demo page in Chromium, on a narrow screen, with large text, with less motion, in forced colours,
// and with texts from right to left. The other engines are in tests/runtimes/looks.test.mjs.
import { after, before } from 'node:test'
import { ENGINES } from './support/engines.mjs'
import { testLooks } from './support/looks.mjs'
import { startScreens } from './support/screens.mjs'

let screens
before(async () => {
  screens = await startScreens()
})
after(() => screens?.close())

testLooks('Chromium', ENGINES.Chromium, () => screens)
