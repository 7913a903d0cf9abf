// A host is as the reference, in one test.
import assert from 'node:assert/strict'
import { differences, drive, ENTRIES, REFERENCE } from '../drive.mjs'

/** @param {string[]} command of the host */
export const expectSame = async (command) => {
  const [wanted, got] = await Promise.all([drive(REFERENCE), drive(command)])
  for (const entry of ENTRIES) {
    assert.deepEqual(differences(wanted.get(entry), got.get(entry)), [], entry)
    assert.ok(!('failed' in got.get(entry).found), entry)
  }
}
