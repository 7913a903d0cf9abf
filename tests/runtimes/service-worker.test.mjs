// A service worker of the app between the other browser engines and the routes; `tests/browser/` has Chromium.
import { ENGINES } from '../browser/support/engines.mjs'
import { checkServiceWorker } from '../browser/support/service-worker.mjs'

for (const name of ['Firefox', 'WebKit']) checkServiceWorker(name, ENGINES[name])
