// Which page the doctor takes for Landfall's, and which of its inline elements a policy blocks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Findings } from '../../dist/doctor/findings.js'
import { checkPolicy } from '../../dist/doctor/policy.js'
import { errorPage, hashOf, POLICY } from './support/doctor-app.mjs'

/** What is found of a page. @param {string} text @param {string} [policy] */
const check = async (text, policy) => {
  const findings = new Findings()
  const headers = new Headers(policy === undefined ? {} : { 'content-security-policy': policy })
  await checkPolicy(findings, /** @type {any} */ ({ headers, text }))
  return findings.list
}

test('a page without one of the marks of Landfall’s is the app’s own: its policy is not looked at', async () => {
  const page = errorPage()
  assert.deepEqual(
    (await check(page)).map(({ id, result }) => [id, result]),
    [['policy', 'wrong']],
  )
  for (const mark of ['robots', 'data:,', '<title>', '<h1>'])
    assert.deepEqual(await check(page.replace(mark, mark.replace(/\w+/, 'x'))), [], mark)
  const headless = page.replaceAll(/(?<=<title>)[^<]+/g, 'undefined').replace('<h1>', '<h2>')
  assert.deepEqual(await check(headless), [])
})

test('a script from elsewhere is not inline, and a tag without an end is none', async () => {
  for (const more of [
    '<script src="/app.js"></script>',
    '<script\nsrc="/app.js">void 0</script>',
    '<script',
  ]) {
    const [{ result, detail }] = await check(errorPage() + more, POLICY)
    assert.deepEqual([result, detail], ['fine', undefined], more)
  }
  const [{ result }] = await check(`${errorPage()}<script data-src="/app.js">void 0</script>`, POLICY)
  assert.equal(result, 'wrong')
})

test('of many inline elements the first ten of a kind are looked at', async () => {
  const styles = Array.from({ length: 11 }, (_, i) => `p { order: ${i} }`)
  const page = errorPage() + styles.map((style) => `<style>${style}</style>`).join('')
  // The page has a style of its own, which the policy allows.
  const allowed = (count) =>
    `${POLICY.replace(
      'style-src',
      `style-src ${styles
        .slice(0, count)
        .map((one) => hashOf(one))
        .join(' ')}`,
    )}`
  assert.equal((await check(page, allowed(8)))[0].result, 'wrong')
  assert.equal((await check(page, allowed(9)))[0].result, 'fine')
})
