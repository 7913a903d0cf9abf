// A page as a browser's parser reads it (the HTML Standard, 13.2), and what must hold for every page of ours.
import assert from 'node:assert/strict'
import { parse } from 'parse5'
import { hashOf } from './doctor-app.mjs'

/** Attributes whose values say what was asked for; `assertSafe` looks at those that are addresses. */
const FREE = new Set(['value', 'href', 'action', 'data-callback'])
const NAMES = new Set(
  'action class charset content data-callback data-option data-variable dir href lang method name rel type value'.split(
    ' ',
  ),
)
/** What is read as text of a program, and is to be the same on every page. */
const RAW = new Set(['script', 'style'])

/** @param {string} html */
export const readPage = (html) => {
  const errors = []
  const document = parse(html, { onParseError: ({ code }) => errors.push(code) })
  return { document, errors }
}

/** @param {any} node @returns {any[]} it and everything below it, in order */
export const listNodes = (node) => [node, ...(node.childNodes ?? []).flatMap(listNodes)]

/** @param {any} document @param {string} tag */
export const findAll = (document, tag) => listNodes(document).filter(({ tagName }) => tagName === tag)

/** @param {any} element @param {string} name */
export const attributeOf = (element, name) => element.attrs.find((one) => one.name === name)?.value

/** @param {any} element */
export const textOf = (element) =>
  listNodes(element)
    .filter(({ nodeName }) => nodeName === '#text')
    .map(({ value }) => value)
    .join('')

/** The tree without the texts that people read: what must not depend on what somebody said. @param {any} node */
export const shapeOf = (node) => {
  if (node.nodeName === '#text') return RAW.has(node.parentNode.tagName) ? node.value : '#text'
  const attributes = (node.attrs ?? []).map(({ name, value }) => (FREE.has(name) ? name : `${name}=${value}`))
  return [node.nodeName, attributes, ...(node.childNodes ?? []).map(shapeOf)]
}

/** @param {string} address @param {string} about */
const assertOwn = (address, about) => {
  assert.match(address, /^\/(?![/\\])[\x21-\x7e]*$/, `${about}: ${address}`)
  assert.equal(new URL(address, 'https://app.example').origin, 'https://app.example', `${about}: ${address}`)
}

/** The directives of a policy, each once. @param {string} policy */
const readPolicy = (policy) => {
  const parts = policy.split('; ').map((part) => part.split(' '))
  const directives = Object.fromEntries(parts.map(([name, ...sources]) => [name, sources.join(' ')]))
  assert.equal(Object.keys(directives).length, parts.length, `a directive twice: ${policy}`)
  return directives
}

/**
 * Any page of ours, whatever was asked: its headers, and a tree in which nothing runs or loads but what the policy names.
 * @param {Response} response @param {string} html @param {string} about
 */
export const assertSafe = ({ headers }, html, about) => {
  const { document, errors } = readPage(html)
  assert.deepEqual(errors, [], about)
  assert.equal(headers.get('content-type'), 'text/html; charset=utf-8', about)
  assert.equal(headers.get('x-content-type-options'), 'nosniff', about)
  assert.ok(html.startsWith('<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'), about)
  const [script, style] = ['script', 'style'].map((tag) => {
    const found = findAll(document, tag)
    assert.equal(found.length, 1, `${about}: ${tag}`)
    return found[0]
  })
  const forms = findAll(document, 'form')
  assert.deepEqual(
    readPolicy(headers.get('content-security-policy') ?? ''),
    {
      'default-src': "'none'",
      'script-src': hashOf(textOf(script)),
      'style-src': hashOf(textOf(style)),
      'img-src': 'data:',
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
      ...(forms.length === 0 && { 'form-action': "'none'" }),
    },
    about,
  )
  for (const node of listNodes(document)) {
    assert.notEqual(node.nodeName, '#comment', about)
    for (const { name, value } of node.attrs ?? []) {
      assert.ok(NAMES.has(name), `${about}: ${name}`)
      if (node.tagName === 'link') continue
      if (['href', 'action'].includes(name) || (name === 'data-callback' && value)) assertOwn(value, about)
    }
  }
  for (const link of findAll(document, 'link')) assert.equal(attributeOf(link, 'href'), 'data:,', about)
  return document
}
