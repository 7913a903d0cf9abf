// `node tools/release.mjs v0.1.0`: whether what stands in this tree may become that version on npm.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { program, root, Stop, say } from './run.mjs'

const read = (file) => readFileSync(join(root, file), 'utf8')

/** What the check reads. */
export const readRelease = () => ({
  manifest: JSON.parse(read('package.json')),
  lock: JSON.parse(read('package-lock.json')),
  changelog: read('CHANGELOG.md'),
})

/**
 * What is in the way of a release, a sentence each.
 * @param {string} tag
 * @param {ReturnType<typeof readRelease>} files
 * @returns {string[]}
 */
export const findFaults = (tag, { manifest, lock, changelog }) => {
  const { version } = manifest
  const sections = [...changelog.matchAll(/^## (\S+)/gm)].map(([, name]) => name)
  const faults = {
    [`the tag is ${tag}, but package.json has version ${version}`]: tag !== `v${version}`,
    'package.json has "private": true: npm refuses to publish it, and the pages say that it is not there':
      manifest.private !== undefined,
    [`package-lock.json has version ${lock.version}: run npm install --package-lock-only`]:
      lock.version !== version,
    [`CHANGELOG.md begins with ${sections[0]}, not with ${version}`]: sections[0] !== version,
  }
  return Object.keys(faults).filter((sentence) => faults[sentence])
}

await program(import.meta.url, async () => {
  const [tag = ''] = process.argv.slice(2)
  const faults = findFaults(tag, readRelease())
  if (faults.length > 0) throw new Stop(`release:\n  ${faults.join('\n  ')}`)
  say(`release: ${tag} may be published`)
})
