// How many instructions the core takes for a request, compiled for this processor: no load of the machine changes them.
import { buildCounter, count } from '../cpu-instructions/count.mjs'
import { grouped, table } from './numbers.mjs'

/** By their names in tests/cpu-instructions/requests.cpp. */
const REQUESTS = {
  check_next: 'the check of `next`, of 26 characters',
  'sign-in': 'a sign-in',
  callback: 'a callback and its token response, with a session',
  'callback of 2.7 kB': 'the same with a token response of 2.7 kB',
  'callback through Supabase': 'a callback through Supabase, and its session of 2.7 kB',
  session: 'who is signed in',
}

/** @type {import('./run.mjs').Group} */
export const measureInstructions = async () => {
  await buildCounter()
  const counts = await count('requests')
  const countOf = (name) => counts.get(name)[0].count
  return {
    title: 'Instructions of the core',
    text: 'Valgrind counts the instructions of the core as native code for x86-64. WebAssembly takes more. A load of the machine changes nothing here: compare this table before and after a change.',
    tables: [
      table(
        ['request', 'instructions'],
        Object.entries(REQUESTS).map(([name, what]) => [what, grouped(countOf(name))]),
      ),
    ],
    ratios: [],
  }
}
