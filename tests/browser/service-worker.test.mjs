// A service worker of the app between Chromium and the routes.
import { ENGINES } from './support/engines.mjs'
import { checkServiceWorker } from './support/service-worker.mjs'

checkServiceWorker('Chromium', ENGINES.Chromium)
