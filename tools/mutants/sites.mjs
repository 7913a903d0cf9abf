// The places of a source where one small change makes a mutant, and that source with all of them built in, each behind a
// switch. The grammars of C++ and JavaScript share the names of what matters here.
import { join } from 'node:path'
import { Language, Parser } from 'web-tree-sitter'
import { root } from '../run.mjs'

/**
 * @typedef {object} Site
 * @property {string} file
 * @property {number} line
 * @property {keyof typeof KINDS} kind
 * @property {string} text the source at the site, in one line
 * @property {number} nth which one of those in the file that are the same
 */

/** What each kind of mutant does. */
export const KINDS = {
  return: 'the early return is gone',
  negate: 'the condition is the opposite',
  left: 'the left operand is gone',
  right: 'the right operand is gone',
  call: 'the call is gone',
  plus: 'the limit is one more',
  minus: 'the limit is one less',
}

/** What differs between the languages. */
const LANGUAGES = {
  cpp: {
    grammar: 'tree-sitter-cpp',
    limit: /^k(?:Max|Min)[A-Z]\w*$|^k\w+(?:Bytes|Seconds|Milliseconds|Bits)$/,
    on: (number) => `landfall_mutant(${number})`,
    opposite: (number) => [`landfall_mutant(${number}) != static_cast<bool>(`, ')'],
  },
  js: {
    grammar: 'tree-sitter-javascript',
    limit: /^(?:MAX|MIN)_[A-Z_]+$|^[A-Z_]+_(?:BYTES|SECONDS|MILLISECONDS)$/,
    on: (number) => `landfallMutant(${number})`,
    opposite: (number) => [`landfallMutant(${number}) !== Boolean(`, ')'],
  },
}

/** Nothing runs in these, or only the compiler, which knows no switch. */
const CONSTANT =
  /^(?:template_argument_list|template_parameter_list|array_declarator|static_assert_declaration|enumerator|preproc_\w+|import_statement|export_clause|requires_clause|ERROR)$/
const BODY =
  /^(?:compound_statement|statement_block|field_declaration|field_initializer_list|arrow_function)$/
const LEAVES = /^(?:return|throw)_statement$/
const RELATIONS = new Set(['<', '<=', '>', '>='])

await Parser.init()
const parsers = Object.fromEntries(
  await Promise.all(
    Object.entries(LANGUAGES).map(async ([name, { grammar }]) => {
      const language = await Language.load(join(root, 'node_modules', grammar, `${grammar}.wasm`))
      return [name, new Parser().setLanguage(language)]
    }),
  ),
)

const leaves = (node) => {
  if (!node) return false
  if (LEAVES.test(node.type)) return true
  return (
    /^(?:compound_statement|statement_block)$/.test(node.type) && LEAVES.test(node.lastNamedChild?.type ?? '')
  )
}

const isLoopOrIf = (type) => /^(?:if|while|do)_statement$/.test(type)
const isConditional = (type) => type === 'conditional_expression' || type === 'ternary_expression'

/** A constant of C++, whose value the compiler computes. */
const isConstant = ({ type, namedChildren }) =>
  type === 'declaration' &&
  namedChildren.some((child) => child.type === 'type_qualifier' && child.text === 'constexpr')

/** A function of C++ that only the compiler runs. */
const isImmediate = ({ type, text }) => type === 'function_definition' && /^[^{]*\bconsteval\b/.test(text)

/** The name that a declaration in a condition declares. */
const declaredName = (declaration) =>
  declaration.childForFieldName('declarator').descendantsOfType('identifier')[0]?.text ??
  declaration.childForFieldName('declarator').text

/** The first child that is no comment. */
const contentOf = (node) => node.namedChildren.find(({ type }) => type !== 'comment')

/** The expression of a condition, and how a change of it begins and ends. */
const readCondition = (node) => {
  const condition = node.childForFieldName('condition')
  const value = condition.childForFieldName('value')
  if (value?.type === 'declaration') return { at: value, name: declaredName(value) }
  return {
    at: value ?? (condition.type === 'parenthesized_expression' ? contentOf(condition) : condition),
  }
}

/**
 * @param {string} file its ending says the language
 * @param {string} source
 * @param {number} first the number of the first mutant
 * @returns {{ sites: Site[], mutated: string }} each site's number is `first` and its index
 */
export const mutate = (file, source, first) => {
  const name = /\.[cm]?js$/.test(file) ? 'js' : 'cpp'
  const { limit, on, opposite } = LANGUAGES[name]
  /** @type {Site[]} */
  const sites = []
  const before = []
  const after = []
  const seen = new Map()
  const add = (kind, node) => {
    const text = node.text.replace(/\s+/g, ' ')
    const nth = (seen.get(kind + text) ?? 0) + 1
    seen.set(kind + text, nth)
    sites.push({ file, line: node.startPosition.row + 1, kind, text, nth })
    return first + sites.length - 1
  }
  const wrap = (node, prefix, suffix) => {
    before.push({ at: node.startIndex, text: prefix })
    after.push({ at: node.endIndex, text: suffix })
  }

  const mutateCondition = (node) => {
    const { at, name: declared } = readCondition(node)
    const isEarly = node.type === 'if_statement' && leaves(node.childForFieldName('consequence'))
    const [start, end] = opposite(add('negate', at))
    const gone = isEarly ? `!${on(add('return', at))} && (` : ''
    const close = isEarly ? ')' : ''
    if (declared) wrap(at, '', `; ${gone}${start}${declared}${end}${close}`)
    else wrap(at, `${gone}${start}`, `${end}${close}`)
  }

  const mutateOperands = (node, operator) => {
    const isOff = (number) => (operator === '&&' ? `(${on(number)} || (` : `(!${on(number)} && (`)
    for (const side of ['left', 'right']) {
      const operand = node.childForFieldName(side)
      // In a chain, each operand goes alone.
      if (operand.childForFieldName('operator')?.text !== operator)
        wrap(operand, isOff(add(side, node)), '))')
    }
  }

  const mutateLimit = (node) => {
    const [plus, minus] = [add('plus', node), add('minus', node)]
    const number = name === 'js' ? (n) => `Number(${on(n)})` : on
    wrap(node, '(', ` + ${number(plus)} - ${number(minus)})`)
  }

  const visit = (node, isRunning) => {
    const { type } = node
    if (CONSTANT.test(type) || isConstant(node) || isImmediate(node)) return
    const isConstexpr = type === 'if_statement' && /^if\s+constexpr/.test(node.text)
    const running = isRunning || BODY.test(type)
    if (running && !isConstexpr && (isLoopOrIf(type) || isConditional(type))) mutateCondition(node)
    const operator = type === 'binary_expression' ? node.childForFieldName('operator').text : ''
    if (running && (operator === '&&' || operator === '||')) mutateOperands(node, operator)
    if (running && type === 'expression_statement') {
      const one = contentOf(node)
      const call = one?.type === 'await_expression' ? contentOf(one) : one
      const callee = call?.type === 'call_expression' ? call.childForFieldName('function') : null
      if (callee && callee.type !== 'super' && !/^[A-Z_]+$/.test(callee.text))
        wrap(node, `{ if (!${on(add('call', node))}) `, ' }')
    }
    const isCompared = RELATIONS.has(node.parent?.childForFieldName('operator')?.text ?? '')
    const isName =
      type === 'identifier' && limit.test(node.text) && node.parent?.type !== 'variable_declarator'
    if (running && (isName || (/^number(?:_literal)?$/.test(type) && isCompared))) mutateLimit(node)
    for (const child of node.namedChildren) {
      const isConstexprCondition = isConstexpr && child.type === 'condition_clause'
      const isLabel = type === 'case_statement' && child.id === node.childForFieldName('value')?.id
      if (!isConstexprCondition && !isLabel) visit(child, running)
    }
  }
  visit(parsers[name].parse(source).rootNode, false)

  // At one place, what ends comes before what begins, an inner end before an outer one.
  const ends = after.reverse().map((one) => ({ ...one, order: 0 }))
  const insertions = [...ends, ...before.map((one) => ({ ...one, order: 1 }))]
  insertions.sort((a, b) => a.at - b.at || a.order - b.order)
  let mutated = ''
  let from = 0
  for (const { at, text } of insertions) {
    mutated += source.slice(from, at) + text
    from = at
  }
  return { sites, mutated: mutated + source.slice(from) }
}
