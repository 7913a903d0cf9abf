// The languages take turns, since some take minutes to build: the hash of the commit chooses. `EVERY_ROW=1` runs all of them.
import { chooseTurns } from '../../../tools/turns.mjs'

const chosen = chooseTurns(['go', 'python', 'rust', 'jvm'])

/** Why a host does not run at this commit; empty where it does. @param {'go' | 'python' | 'rust' | 'jvm'} language */
export const whyItWaits = (language) =>
  chosen.includes(language) ? '' : 'it waits: the hash of this commit chose other hosts'
