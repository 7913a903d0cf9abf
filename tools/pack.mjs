// Makes a module smaller in transfer and changes nothing that it does: a compressor finds a pattern again more cheaply the nearer it is
// and the more alike both are.
import { Stop } from './run.mjs'

const SECTION = { functions: 3, exports: 7, start: 8, elements: 9, code: 10 }
const CALL = 0x10
/** The least similarity counts for little in a function that is tiny anyway. */
const FEW = 8

class Reader {
  /** @param {Uint8Array} bytes @param {number} at */
  constructor(bytes, at = 0) {
    this.bytes = bytes
    this.at = at
  }
  byte = () => this.bytes[this.at++]
  /** A number in LEB128. */
  number() {
    for (let value = 0, unit = 1; ; unit *= 0x80) {
      const byte = this.byte()
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
    }
  }
  numbers(count) {
    for (let i = 0; i < count; i++) this.number()
  }
  take(size) {
    this.at += size
    return this.bytes.subarray(this.at - size, this.at)
  }
}

/** @param {number} value as LEB128 */
const toNumber = (value) => {
  const bytes = []
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80)
  return [...bytes, value]
}

/** @param {Iterable<number>} body with its length in front */
const sized = (body) => {
  const bytes = [...body]
  return [...toNumber(bytes.length), ...bytes]
}

/**
 * Passes what stands behind an opcode, as far as the instructions of cmake/wasm.cmake's features go.
 * @param {Reader} reader @param {number} opcode
 */
const passOperands = (reader, opcode) => {
  if (opcode === 0xfc) {
    const more = reader.number()
    // The conversions; memory.init, data.drop, memory.copy, memory.fill.
    if (more > 11) throw new Stop(`pack: the instruction fc ${more} is unknown`)
    reader.numbers([2, 1, 2, 1][more - 8] ?? 0)
  } else if (opcode === 0x0e) reader.numbers(reader.number() + 1)
  else if (opcode === 0x11 || (opcode >= 0x28 && opcode <= 0x3e)) reader.numbers(2)
  else if (opcode === 0x43 || opcode === 0x44) reader.take(opcode === 0x43 ? 4 : 8)
  else if ([0x02, 0x03, 0x04, 0x0c, 0x0d].includes(opcode) || (opcode >= 0x20 && opcode <= 0x24))
    reader.number()
  else if (opcode >= 0x3f && opcode <= 0x42) reader.number()
  else if (opcode > 0xc4 || opcode === 0x1c || (opcode > 0x1b && opcode < 0x20))
    throw new Stop(`pack: the instruction ${opcode.toString(16)} is unknown`)
}

/**
 * A function as pieces: the bytes between its calls, and the numbers of the functions that it calls. An address says how it is aligned,
 * which is a hint that engines ignore: here it says nothing.
 * @param {Reader} reader @param {boolean} keepsHints @returns {(number | Uint8Array)[]}
 */
const readFunction = (reader, keepsHints) => {
  const size = reader.number()
  const body = new Reader(Uint8Array.from(reader.take(size)))
  for (let groups = body.number(); groups > 0; groups--) body.numbers(2)
  const pieces = []
  let from = 0
  while (body.at < size) {
    const opcode = body.byte()
    if (opcode === CALL) {
      pieces.push(body.bytes.subarray(from, body.at), body.number())
      from = body.at
      continue
    }
    if (opcode >= 0x28 && opcode <= 0x3e && !keepsHints) body.bytes[body.at] = 0
    passOperands(body, opcode)
  }
  return [...pieces, body.bytes.subarray(from)]
}

/** @param {Uint8Array} bytes @param {boolean} [keepsHints] */
export const readModule = (bytes, keepsHints = false) => {
  const reader = new Reader(bytes, 8)
  const sections = []
  while (reader.at < bytes.length) sections.push({ id: reader.byte(), bytes: reader.take(reader.number()) })
  const open = (id) => new Reader(sections.find((section) => section.id === id)?.bytes ?? Uint8Array.of(0))
  if (sections.some(({ id }) => id === SECTION.start))
    throw new Stop('pack: a start function has no new number')
  const [types, code] = [open(SECTION.functions), open(SECTION.code)]
  types.number()
  const functions = Array.from({ length: code.number() }, () => ({
    type: types.number(),
    pieces: readFunction(code, keepsHints),
  }))
  return { head: bytes.subarray(0, 8), sections, functions }
}

/** @param {Uint8Array} bytes of the section @param {number[]} numbers the new number of each function */
const renumberExports = (bytes, numbers) => {
  const reader = new Reader(bytes)
  const count = reader.number()
  const exported = Array.from({ length: count }, () => {
    const name = sized(reader.take(reader.number()))
    const kind = reader.byte()
    const number = reader.number()
    return [...name, kind, ...toNumber(kind === 0 ? numbers[number] : number)]
  })
  return [...toNumber(count), ...exported.flat()]
}

/** @param {Uint8Array} bytes of the section @param {number[]} numbers the new number of each function */
const renumberElements = (bytes, numbers) => {
  const reader = new Reader(bytes)
  const count = reader.number()
  const segments = Array.from({ length: count }, () => {
    const from = reader.at
    // An active segment of the first table, at a constant: i32.const, the number, end.
    if (reader.byte() !== 0 || reader.byte() !== 0x41)
      throw new Stop('pack: a segment of elements is of an unknown kind')
    reader.numbers(2)
    const head = bytes.subarray(from, reader.at)
    const listed = Array.from({ length: reader.number() }, () => toNumber(numbers[reader.number()]))
    return [...head, ...toNumber(listed.length), ...listed.flat()]
  })
  return [...toNumber(count), ...segments.flat()]
}

/** @param {ReturnType<typeof readModule>} module @param {number[]} order the old number of each function */
export const writeModule = ({ head, sections, functions }, order) => {
  const numbers = []
  for (const [to, from] of order.entries()) numbers[from] = to
  const bodyOf = (number) =>
    functions[number].pieces.flatMap((piece) =>
      typeof piece === 'number' ? toNumber(numbers[piece]) : [...piece],
    )
  const change = {
    [SECTION.functions]: () =>
      [order.length, ...order.map((number) => functions[number].type)].flatMap(toNumber),
    [SECTION.exports]: (bytes) => renumberExports(bytes, numbers),
    [SECTION.elements]: (bytes) => renumberElements(bytes, numbers),
    [SECTION.code]: () => [...toNumber(order.length), ...order.flatMap((number) => sized(bodyOf(number)))],
  }
  const written = sections.map(({ id, bytes }) => [id, ...sized(change[id]?.(bytes) ?? bytes)])
  return Uint8Array.from([...head, ...written.flat()])
}

/** The runs of four bytes in a function, each as a number. */
const listRuns = ({ pieces }) => {
  const runs = new Set()
  for (const piece of pieces)
    for (let i = 0; typeof piece !== 'number' && i + 4 <= piece.length; i++)
      runs.add((piece[i] << 24) | (piece[i + 1] << 16) | (piece[i + 2] << 8) | piece[i + 3])
  return runs
}

/** From the first function on, each is followed by the one that is most like it. @param {ReturnType<typeof readModule>} module */
const orderBySimilarity = ({ functions }) => {
  const runs = functions.map(listRuns)
  const similarity = (one, other) => {
    const [few, many] =
      runs[one].size < runs[other].size ? [runs[one], runs[other]] : [runs[other], runs[one]]
    let shared = 0
    for (const run of few) if (many.has(run)) shared += 1
    return shared / Math.sqrt((few.size + FEW) * (many.size + FEW))
  }
  const left = new Set(functions.keys())
  const order = []
  for (let next = functions.length > 0 ? 0 : -1; next >= 0; ) {
    order.push(next)
    left.delete(next)
    const from = next
    next = -1
    let most = -1
    for (const candidate of left) {
      const value = similarity(from, candidate)
      if (value > most) [most, next] = [value, candidate]
    }
  }
  return order
}

/** @param {Uint8Array} bytes of a module */
export const pack = (bytes) => {
  const module = readModule(bytes)
  return writeModule(module, orderBySimilarity(module))
}
