// The linter of the documents' prose can fail: each rule reports a sentence that is known to be bad.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkProse, listProse } from '../../tools/prose.mjs'
import { MAX_SENTENCE, WORDING } from '../../tools/prose-rules.mjs'

const check = (text) => checkProse('page.md', text)

describe('each rule reports its bad sentence', () => {
  for (const [name, { bad, write }] of Object.entries(WORDING))
    test(name, async () => {
      const found = await check(`A good line.\n\n${bad}\n`)
      assert.ok(
        found.some(
          (line) => /^page\.md:3:\d+ /.test(line) && line.includes(`${name}: “`) && line.endsWith(write),
        ),
        found.join('\n'),
      )
      assert.ok((await check(`| cell |\n|---|\n| ${bad.slice(0, -1)} |\n`)).length > 0, 'in a table')
    })
})

test('a sentence that is too long, a word twice, and a phrase of write-good', async () => {
  const long = `The callback ${'reads the code and '.repeat(9)}ends.`
  assert.ok(long.length > MAX_SENTENCE)
  assert.match((await check(long)).join('\n'), /exceeds the maximum sentence length/)
  assert.match((await check('The callback reads the the code.')).join('\n'), /is repeated/)
  assert.match((await check('Use it for the purpose of testing.')).join('\n'), /wordy/)
})

test('the place is that of the word, also behind code', async () => {
  assert.deepEqual(await check('Set `x`. The core\n`will` and `what is none` are code, and it will stop.'), [
    `page.md:2:44 future: “will”: ${WORDING.future.write}`,
  ])
})

test('plain prose, code, links, and lists of names pass', async () => {
  const names = Object.keys(WORDING).map((_, index) => `[error_code_${index}](#error_code_${index})`)
  const text = [
    'Set `origin`: the proxy hides the address.',
    '```js\n// We will do it, else not.\n```',
    'See [the page](https://example.com/will-we-have-to).',
    `- All codes: ${names.join(', ')}`,
  ]
  assert.deepEqual(await check(text.join('\n\n')), [])
})

test('the documents are many, and none is of a package', () => {
  const list = listProse()
  assert.ok(list.length > 30)
  for (const path of ['README.md', 'SECURITY.md', 'docs/errors.md', 'examples/next/README.md'])
    assert.ok(list.includes(path), path)
  assert.deepEqual(
    list.filter((path) => path.includes('node_modules')),
    [],
  )
})
