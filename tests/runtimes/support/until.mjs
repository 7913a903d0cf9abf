// Waits for what a page says.
import { setTimeout } from 'node:timers/promises'

const WAIT_MILLISECONDS = 20_000
const POLL_MILLISECONDS = 50

/** What an expression is in the page, as soon as it is something; between two pages there is none to ask. */
export const until = async (page, code) => {
  const deadline = Date.now() + WAIT_MILLISECONDS
  while (Date.now() < deadline) {
    const value = await page.evaluate(code).catch(() => false)
    if (value) return value
    await setTimeout(POLL_MILLISECONDS)
  }
  throw new Error(`${await page.url()} never says ${code}`)
}
