/** The page: every section by itself, so that one that fails leaves the others alone. */
import { byId, h } from './dom.js'
import { startJourney } from './journey.js'
import { startKnown } from './known.js'
import { startNextCheck } from './next-check.js'
import { startProject } from './project.js'
import { startReader } from './reader.js'
import { startSpeed } from './speed.js'

const SECTIONS = {
  journey: startJourney,
  'next-check': startNextCheck,
  reader: startReader,
  known: startKnown,
  project: startProject,
  speed: startSpeed,
}

for (const [id, start] of Object.entries(SECTIONS)) {
  Promise.resolve()
    .then(start)
    .catch((error) => byId(id).append(h('p.alarm', {}, `This part does not work here: ${error.message}`)))
}
