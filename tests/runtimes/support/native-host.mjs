// The native library behind the calls of the module: a process of tests/native-host, asked and answered without a wait in between.
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const NUMBER_BYTES = 4

/** @param {number[]} numbers */
const toBytes = (...numbers) => Buffer.from(new Uint32Array(numbers).buffer)

/**
 * Pipes that both sides read and write as files, which Node's own are not. The child's ends are opened while nobody could wait
 * for them, and then belong to it alone: so its end is the end of the file here.
 * @param {string} program
 */
const startProcess = (program) => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-host-'))
  const [questions, answers] = ['questions', 'answers'].map((name) => join(folder, name))
  execFileSync('mkfifo', [questions, answers])
  const both = [openSync(questions, 'r+'), openSync(answers, 'r+')]
  const theirs = [openSync(questions, 'r'), openSync(answers, 'w')]
  const ours = { write: openSync(questions, 'w'), read: openSync(answers, 'r') }
  spawn(program, { stdio: [...theirs, 'inherit'] }).unref()
  for (const file of [...both, ...theirs]) closeSync(file)
  rmSync(folder, { recursive: true })
  return ours
}

/** One process; each configuration has a number of its own in it. */
export class NativeHost {
  #files
  #configurations = 0

  /** @param {string} program */
  constructor(program) {
    this.#files = startProcess(program)
  }

  /** @returns {number} a configuration that nobody else uses */
  makeConfiguration() {
    return ++this.#configurations
  }

  /**
   * Performs an operation. @param {number} configuration @param {number} operation @param {(string | Uint8Array)[]} fields
   * @returns {Buffer[]}
   */
  call(configuration, operation, fields) {
    const texts = fields.map((field) => Buffer.from(field))
    const parts = texts.flatMap((text) => [toBytes(text.length), text])
    this.#write(Buffer.concat([toBytes(configuration, operation, texts.length), ...parts]))
    return Array.from({ length: this.#readNumber() }, () => this.#read(this.#readNumber()))
  }

  /** Ends the process. */
  close() {
    closeSync(this.#files.write)
    closeSync(this.#files.read)
  }

  /** @param {Buffer} bytes */
  #write(bytes) {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#files.write, bytes, at)
  }

  #readNumber() {
    return this.#read(NUMBER_BYTES).readUInt32LE(0)
  }

  /** @param {number} size */
  #read(size) {
    const bytes = Buffer.alloc(size)
    for (let at = 0; at < size; ) {
      const count = readSync(this.#files.read, bytes, at, size - at, null)
      if (count === 0) throw new Error('the native host has ended')
      at += count
    }
    return bytes
  }
}
