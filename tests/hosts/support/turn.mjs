// The languages take turns, since some take minutes to build: the hash of the commit chooses. `EVERY_ROW=1` runs all of them, and
// `npm run test:hosts -- go` those that it names.

import { LANGUAGES } from '../../../tools/suites.mjs'
import { chooseTurns } from '../../../tools/turns.mjs'

const named = process.env.HOSTS?.split(',')
const chosen = named ?? chooseTurns(LANGUAGES)

/** Whether somebody wants all of a language, whatever time it takes. @param {string} language */
export const isWanted = (language) => process.env.EVERY_ROW === '1' || named?.includes(language) === true

/** Why a host does not run; empty where it does. @param {string} language of LANGUAGES */
export const whyItWaits = (language) => {
  if (chosen.includes(language)) return ''
  return named ? 'nobody asked for it' : 'it waits: the hash of this commit chose other hosts'
}
