// `npm run fuzz:planted`: plants each bug of tools/planted-bugs.mjs in a copy of its file, builds the journey target with
// that, and wants it to find the bug from the kept inputs. `npm run fuzz:planted -- iss nonce` plants those that name one.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { configure } from './configure.mjs'
import { BUGS } from './planted-bugs.mjs'
import { capture, program, root, run, Stop, say } from './run.mjs'
import { setup } from './setup.mjs'

const SECONDS = 120
const BUILD = join(root, 'build/fuzz')
const PLANTED = join(root, 'build/planted')
const CORPUS = join(root, 'tests/fuzz/corpus/journey')

/** @param {import('./planted-bugs.mjs').Bug} bug */
const plant = ({ file, text, planted = '' }) => {
  const source = readFileSync(join(root, file), 'utf8')
  const at = source.indexOf(text)
  if (at < 0 || source.indexOf(text, at + 1) >= 0) throw new Stop(`${file}: not there exactly once: ${text}`)
  return source.slice(0, at) + planted + source.slice(at + text.length)
}

/** The build's compiler, flags and object for each file. Without warnings, since a bug may leave something unused. */
const readCommands = () => {
  const commands = new Map()
  for (const { file, command } of JSON.parse(readFileSync(join(BUILD, 'compile_commands.json'), 'utf8'))) {
    const words = command.split(' ').filter((word) => word !== '' && !/^-(W|g$)/.test(word))
    const end = words.indexOf('-o')
    const flags = words.slice(1, end).map((word) => word.replaceAll('\\"', '"'))
    commands.set(relative(root, file), { compiler: words[0], flags, object: join(BUILD, words[end + 1]) })
  }
  return commands
}

/**
 * Builds the journey target with one file changed, and runs it.
 * @returns {Promise<{ seconds: number, finding: string }>} no finding where it found nothing
 */
const hunt = async ({ file, unit = file }, source, commands) => {
  rmSync(PLANTED, { recursive: true, force: true })
  const changed = join(PLANTED, relative('wasm', file))
  mkdirSync(dirname(changed), { recursive: true })
  mkdirSync(join(PLANTED, 'found'))
  writeFileSync(changed, source)
  const { compiler, flags } = commands.get(unit)
  const object = join(PLANTED, 'planted.o')
  const unitPath = unit === file ? changed : join(root, unit)
  await run(compiler, [`-I${PLANTED}`, ...flags, '-w', '-o', object, '-c', unitPath], { quiet: true })
  const target = [...commands.values()]
    .map((command) => command.object)
    .filter((path) => path.includes('/fuzz_journey.dir/'))
  const linked = join(PLANTED, 'journey')
  const sanitizers = '-fsanitize=fuzzer,address,undefined'
  await run(compiler, [sanitizers, object, ...target, join(BUILD, 'liblandfall.a'), '-o', linked], {
    quiet: true,
  })

  const began = performance.now()
  const { code, output } = await capture(
    linked,
    [
      join(PLANTED, 'found'),
      CORPUS,
      `-max_total_time=${SECONDS}`,
      '-max_len=512',
      '-timeout=10',
      '-rss_limit_mb=1024',
      '-entropic=0',
      '-detect_leaks=0',
      `-artifact_prefix=${PLANTED}/`,
    ],
    { env: { ASAN_OPTIONS: 'quarantine_size_mb=32' } },
  )
  const seconds = (performance.now() - began) / 1000
  const finding = /^(?:\S*\/)?(\w+\.cpp:\d+: .*)$/m.exec(output)?.[1] ?? /^SUMMARY: .*$/m.exec(output)?.[0]
  return { seconds, finding: code === 0 ? '' : (finding ?? `exit code ${code}`) }
}

await program(import.meta.url, async () => {
  const words = process.argv.slice(2)
  const chosen = BUGS.filter(({ bug, file }) => words.every((word) => `${file} ${bug}`.includes(word)))
  if (chosen.length === 0) throw new Stop(`planted: there is no bug that names ${words.join(' and ')}`)
  // All of them, so that one whose code moved is named at once.
  const sources = new Map(BUGS.map((bug) => [bug, plant(bug)]))
  await setup('fuzz')
  say('planted: build')
  await configure('fuzz')
  await run('cmake', ['--build', '--preset', 'fuzz', '--target', 'fuzz_journey'], { quiet: true })
  const commands = readCommands()
  const missed = []
  for (const bug of chosen) {
    const { seconds, finding } = await hunt(bug, sources.get(bug), commands)
    say(
      `${bug.bug} (${bug.file})\n    ${finding === '' ? 'NOT FOUND' : `${seconds.toFixed(1)} s: ${finding}`}`,
    )
    if (finding === '' || seconds > SECONDS) missed.push(bug.bug)
  }
  rmSync(PLANTED, { recursive: true, force: true })
  if (missed.length > 0) throw new Stop(`planted: not found in ${SECONDS} s\n  ${missed.join('\n  ')}`)
  say(`planted: ${chosen.length} bugs, and the journey target finds each`)
})
