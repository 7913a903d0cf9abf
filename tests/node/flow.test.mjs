// The loop over the core's steps, with a stand-in for the core: how often it asks, what it keeps, and that it wipes the
// random bytes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flow, NO_RESULT } from '../../dist/flow.js'
import * as FETCH from '../../dist/generated/messages/fetch.js'
import * as REQUEST from '../../dist/generated/messages/request.js'
import * as RESPOND from '../../dist/generated/messages/respond.js'
import * as STEP from '../../dist/generated/messages/step.js'

const URL_OF_KEYS = 'https://as.example/keys'

const makeStep = (kind, values = {}) => {
  const step = Array(RESPOND.COUNT).fill('')
  step[0] = String(kind)
  for (const [index, value] of Object.entries(values)) step[index] = value
  return step
}

const fetchStep = (maxAge, again = '') =>
  makeStep(STEP.fetch, { [FETCH.url]: URL_OF_KEYS, [FETCH.max_age]: maxAge, [FETCH.again]: again })

/** A core that answers with one step after the other, and with the last of them from then on. */
const makeFlow = (...steps) => {
  const seen = { kept: [], asked: 0, entropy: [] }
  const core = {
    call: (_, fields) => {
      seen.entropy.push([...fields[REQUEST.entropy]])
      const step = steps.length > 1 ? steps.shift() : steps[0]
      if (step instanceof Error) throw step
      return step
    },
  }
  const transport = {
    keep: (step, result) => seen.kept.push([step[FETCH.url], result, step[FETCH.again] === '1']),
    perform: async () => {
      seen.asked += 1
      return NO_RESULT
    },
  }
  return { seen, flow: new Flow(core, transport) }
}

const isWiped = (fields) => fields[REQUEST.entropy].every((byte) => byte === 0)
const never = () => assert.fail('it asks the app')
const response = (keep = '') => makeStep(STEP.respond, { [RESPOND.keep]: keep })

test('the core gets random bytes, which are wiped after the call', () => {
  for (const step of [response(), makeStep(STEP.body), [], fetchStep('600')]) {
    const fields = []
    const { flow, seen } = makeFlow(step)
    flow.begin({}, fields)
    assert.equal(new Set(seen.entropy[0]).size > 1, true)
    assert.equal(isWiped(fields), true, `step ${step[0]}`)
  }
})

test('a core that throws is heard, and the random bytes are wiped', () => {
  const fields = []
  const broken = new Error('broken')
  const { flow } = makeFlow(broken)
  assert.throws(
    () => flow.begin({}, fields),
    (error) => error === broken,
  )
  assert.equal(isWiped(fields), true)
})

test('each call gets random bytes of its own, which are wiped when the flow ends, also by an error', async () => {
  for (const end of [response(), new Error('broken')]) {
    const fields = []
    const { flow, seen } = makeFlow(fetchStep('600'), end)
    await flow.finish(flow.begin({}, fields), never).catch((error) => assert.equal(error, end))
    assert.notDeepEqual(seen.entropy[1], seen.entropy[0])
    assert.equal(new Set(seen.entropy[1]).size > 1, true)
    assert.equal(isWiped(fields), true)
  }
})

test('what the core says to keep is the last result, and a result without an age is never kept', async () => {
  const run = async (...steps) => {
    const { flow, seen } = makeFlow(...steps)
    await flow.finish(flow.begin({}, []), never)
    return seen.kept
  }
  assert.deepEqual(await run(fetchStep('600'), response('1')), [[URL_OF_KEYS, NO_RESULT, false]])
  assert.deepEqual(await run(fetchStep('600', '1'), response('1')), [[URL_OF_KEYS, NO_RESULT, true]])
  assert.deepEqual(await run(fetchStep('600'), response()), [])
  assert.deepEqual(await run(fetchStep('0'), response('1')), [])
  assert.deepEqual(await run(fetchStep('600'), fetchStep('0'), response('1')), [])
  assert.deepEqual(await run(response('1')), [])
})

test('a flow that asks more than sixteen questions is broken', async () => {
  const questions = (count) => [...Array(count).fill(fetchStep('0')), response()]
  const enough = makeFlow(...questions(15))
  assert.equal((await enough.flow.finish(enough.flow.begin({}, []), never))[0], String(STEP.respond))
  for (const count of [16, 40]) {
    const { flow, seen } = makeFlow(...questions(count))
    await assert.rejects(flow.finish(flow.begin({}, []), never), {
      message: 'landfall: the flow does not end',
    })
    assert.equal(seen.asked, 16)
  }
})
