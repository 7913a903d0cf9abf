// The people that an app knows, in a file: its own name for each, and the id that the provider has for them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const FILE = `${process.env.DATA}/people.json`
const read = () => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [])

/** Who has this id at the provider; who is new gets a name in the app. @param {string} id @returns {string} */
export const findPerson = (id) => {
  const ids = read()
  if (!ids.includes(id)) writeFileSync(FILE, JSON.stringify(ids.concat(id)))
  return `person ${read().indexOf(id) + 1}`
}
