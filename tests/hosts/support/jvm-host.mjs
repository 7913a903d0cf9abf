// The host of hosts/jvm as a program: what Maven builds, and the classes of its tests.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyToHosts } from '../../../tools/hosts.mjs'
import { whyItWaits } from './turn.mjs'

/** The folder of the Maven project. */
export const JVM_FOLDER = fileURLToPath(new URL('../../../hosts/jvm', import.meta.url))
const CLASS_PATH = join(JVM_FOLDER, 'target/class-path.txt')
const POM = readFileSync(join(JVM_FOLDER, 'pom.xml'), 'utf8')
export const [, VERSION] = /<artifactId>landfall<\/artifactId>\s*<version>(.*?)</.exec(POM) ?? []
/** The package. */
export const JAR = join(JVM_FOLDER, `target/landfall-${VERSION}.jar`)

/** @param {string[]} command @returns {{ isGood: boolean, output: string }} */
export const runJvm = ([file, ...args]) => {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd: JVM_FOLDER, encoding: 'utf8' })
  return { isGood: status === 0, output: `${stdout ?? ''}${stderr ?? ''}` }
}

/** Maven without its progress. @param {string[]} args */
export const runMaven = (...args) => {
  copyToHosts()
  return runJvm(['mvn', '-B', '-ntp', ...args])
}

/** Why this machine cannot build the host; empty where it can. */
export const whyNoJvm = () => {
  if (whyItWaits('jvm')) return whyItWaits('jvm')
  const { isGood, output } = runJvm(['mvn', '-version'])
  const [, java] = /Java version: (\d+)/.exec(output) ?? []
  const isThere = isGood && Number(java) >= 17 && runJvm(['javac', '-version']).isGood
  return isThere ? '' : 'it needs Maven 3.8 or newer, and a JDK 17 or newer'
}

/** The arguments of java for a class of the tests, with the package as people get it. @param {string} name */
export const javaFor = (name) => {
  const path = [JAR, join(JVM_FOLDER, 'target/test-classes'), readFileSync(CLASS_PATH, 'utf8').trim()]
  return ['java', '-cp', path.join(delimiter), name]
}

let isBuilt = false

/** Builds the package and the classes of its tests. */
export const buildJvm = () => {
  if (isBuilt) return
  const { isGood, output } = runMaven('-q', '-DskipTests', 'package', 'dependency:build-classpath')
  if (!isGood) throw new Error(output)
  isBuilt = true
}

/** @returns {{ command: string[] }} */
export const makeJvmHost = () => {
  buildJvm()
  return { command: javaFor('landfall.DrivenKt') }
}
