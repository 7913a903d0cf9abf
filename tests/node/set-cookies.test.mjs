// Which fields of the core's response are Set-Cookie values, whatever else its headers say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as RESPOND from '../../dist/generated/messages/respond.js'
import { setCookiesOf } from '../../dist/step.js'

test('the values of set-cookie, and not what a header of the app has as its value', () => {
  const step = Array(RESPOND.header_0).fill('set-cookie')
  const headers = ['x-app', 'set-cookie', 'set-cookie', 'a=1', 'vary', 'cookie', 'set-cookie', 'set-cookie']
  assert.deepEqual(setCookiesOf([...step, ...headers]), ['a=1', 'set-cookie'])
})
