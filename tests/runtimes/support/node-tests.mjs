// Test files of tests/node with another core in place of the module.
import { join } from 'node:path'
import { capture, root } from '../../../tools/run.mjs'

/**
 * @param {string} hook a file beside this one, which puts the other core there
 * @param {string[]} names of the test files
 * @param {{ env?: Record<string, string>, flags?: string[] }} [how] for Node
 * @returns {Promise<{ passed: number, code: number, output: string }>}
 */
export const runNodeTests = async (hook, names, { env = {}, flags = [] } = {}) => {
  const files = names.map((name) => join(root, `tests/node/${name}.test.mjs`))
  const file = join(root, 'tests/runtimes/support', hook)
  const args = [...flags, '--import', file, '--test', '--test-reporter=tap', ...files]
  // Without the context, Node takes these tests for a part of those that run already, and runs none.
  const { code, output } = await capture(process.execPath, args, {
    env: { ...env, NODE_TEST_CONTEXT: undefined },
  })
  return { passed: Number(/^# pass (\d+)$/m.exec(output)?.[1] ?? 0), code, output }
}
