// One sign-in with a library, step by step, each checked: a benchmark of an error path would look fast.
import { next } from './app.mjs'

const CODE = '0f8fad5b-d9cb-469f-a165-70867728950e'

/** @param {unknown} condition @param {string} what */
export const expect = (condition, what) => {
  if (!condition) throw new Error(`bench: ${what}`)
}

/** The address and the cookies of a start, whichever way a library gives them. @param {any} started */
const readStart = async (started) => {
  if (!(started instanceof Response)) return started
  const url = started.headers.get('location') ?? (await started.clone().json()).url
  return { url, setCookie: started.headers.getSetCookie() }
}

/** The browser's request after a start; made once, since making one costs more than what is measured. @param {any} started */
export const comeBack = async (started) => {
  const { url, setCookie } = await readStart(started)
  const { searchParams } = new URL(url)
  expect(searchParams.get('code_challenge')?.length === 43, `a start gives ${url}`)
  expect(setCookie.length > 0, 'a start sets no cookie')
  const back = new URL(searchParams.get('redirect_uri') ?? searchParams.get('redirect_to'))
  back.searchParams.set('code', CODE)
  const state = searchParams.get('state')
  if (state) back.searchParams.set('state', state)
  const cookies = ['theme=dark', ...setCookie.map((line) => line.split(';')[0]), 'lang=en']
  return new Request(back, { headers: { cookie: cookies.join('; ') } })
}

/** A redirect to `next` with a session, or an error. @param {Response} response @param {string} name @param {number} bytes of Set-Cookie at least */
export const checkCallback = ({ status, headers }, name, bytes) => {
  const location = headers.get('location') ?? ''
  const { pathname, search } = new URL(location, 'https://app.example')
  expect(status === 303 || status === 302, `${name} answers ${status}`)
  expect(pathname + search === next, `${name} goes to ${location}`)
  const length = headers.getSetCookie().join('').length
  expect(length >= bytes, `${name} sets cookies of ${length} characters`)
}
