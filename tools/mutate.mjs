// `npm run mutate`: takes each guard of tools/guards.mjs out of a copy of its file, builds the native tests with that, and
// wants them to fail.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { GUARDED } from './guards.mjs'
import { capture, program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

const PRESET = 'native-release'
const BUILD = join(root, 'build', PRESET)
const MUTANTS = join(root, 'build/mutants')
/** Without a guard a loop may have no end. */
const SECONDS_OF_CPU = 30

/** @param {import('./guards.mjs').Guarded} guarded */
const findGuards = ({ file, unit = file, refusal, guards, tests }) => {
  const source = readFileSync(join(root, file), 'utf8')
  const guarded = new Set()
  const found = guards.map(({ text, without = '' }) => {
    const at = source.indexOf(text)
    if (at < 0 || source.indexOf(text, at + 1) >= 0)
      throw new Stop(`${file}: not there exactly once: ${text}`)
    const line = source.slice(0, at).split('\n').length
    const lines = text.trimEnd().split('\n').length
    for (let i = 0; i < lines; ++i) guarded.add(line + i)
    return {
      file,
      unit,
      line,
      tests,
      text,
      source: source.slice(0, at) + without + source.slice(at + text.length),
    }
  })
  source.split('\n').forEach((text, index) => {
    if (refusal.test(text) && !guarded.has(index + 1))
      throw new Stop(
        `${file}:${index + 1} refuses, and no guard of tools/guards.mjs is there: ${text.trim()}`,
      )
  })
  return found
}

/** The build's compiler and its flags for each file: without warnings, since a mutant may leave something unused. */
const readCommands = () => {
  const commands = new Map()
  for (const { file, command } of JSON.parse(readFileSync(join(BUILD, 'compile_commands.json'), 'utf8'))) {
    const words = command.split(' ').filter((word) => word !== '' && !/^-[OW]/.test(word))
    const end = words.indexOf('-o')
    commands.set(relative(root, file), {
      flags: words.slice(1, end),
      compiler: words[0],
      object: words[end + 1],
    })
  }
  return commands
}

/** The first failing test in GoogleTest's output, and its vector. */
const firstFailure = (output) => {
  const test =
    /\[ {2}FAILED {2}\] (\S+?),? /.exec(output)?.[1] ??
    /\[ RUN {6}\] (\S+)(?![\s\S]*\[ RUN)/.exec(output)?.[1]
  const vector = /^\S+:\d+: (\w+ [\w.-]+): /m.exec(output)?.[1] ?? ''
  return test === undefined ? '' : `${test} ${vector}`.trim()
}

/** @returns {Promise<string>} which test fails without the guard; nothing when none does */
const tryWithout = async (guard, commands, name) => {
  const folder = join(MUTANTS, name)
  const mutant = join(folder, relative('wasm', guard.file))
  mkdirSync(dirname(mutant), { recursive: true })
  writeFileSync(mutant, guard.source)
  const { compiler, flags } = commands.get(guard.unit)
  const source = guard.unit === guard.file ? mutant : join(root, guard.unit)
  const object = join(folder, 'mutant.o')
  await run(compiler, [`-I${folder}`, ...flags, '-O1', '-w', '-o', object, '-c', source], { quiet: true })
  const tests = [...commands]
    .filter(([, command]) => command.object.includes('/landfall_tests.dir/'))
    .map(([, command]) => join(BUILD, command.object))
  const linked = join(folder, 'tests')
  const libraries = [join(BUILD, 'liblandfall.a'), '-lgtest_main', '-lgtest']
  await run(compiler, [object, ...tests, ...libraries, '-o', linked], { quiet: true })
  const limited = [`--cpu=${SECONDS_OF_CPU}`, linked, '--gtest_fail_fast', `--gtest_filter=${guard.tests}`]
  const { code, output } = await capture('prlimit', limited)
  rmSync(folder, { recursive: true })
  return code === 0 ? '' : firstFailure(output) || `exit code ${code}`
}

await program(import.meta.url, async () => {
  const guards = GUARDED.flatMap(findGuards)
  await setup('test')
  await run('cmake', ['--preset', PRESET], { quiet: true })
  await run('cmake', ['--build', '--preset', PRESET, '--target', 'landfall_tests'], { quiet: true })
  rmSync(MUTANTS, { recursive: true, force: true })
  const commands = readCommands()
  const intact = await tryWithout(
    { ...guards[0], source: readFileSync(join(root, guards[0].file)) },
    commands,
    'intact',
  )
  if (intact !== '') throw new Stop(`mutate: with every guard in place, ${intact} fails`)

  const survivors = []
  const queue = [...guards.entries()]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, guard] = next
      const caught = await tryWithout(guard, commands, String(index))
      const where = `${guard.file}:${guard.line} ${guard.text.trim().split('\n')[0]}`
      say(`${where}\n    ${caught === '' ? 'SURVIVES' : `caught by ${caught}`}`)
      if (caught === '') survivors.push(where)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, worker))
  if (survivors.length > 0) throw new Stop(`mutate: no test misses\n  ${survivors.join('\n  ')}`)
  say(`mutate: ${guards.length} guards, and a test for each`)
})
