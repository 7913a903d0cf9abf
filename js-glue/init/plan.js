/** What init is going to do to a project, before it does any of it. */
import { readdirSync } from 'node:fs'
import { basename, dirname, extname, join, relative } from 'node:path'
import { readText } from '../terminal/read-text.js'
import { checkInside, isFolder } from './files.js'
import { listVariables } from './project.js'
import { findRoutes } from './routes.js'
import { listSettings } from './settings.js'
import { fill, pathOf } from './template.js'
import { readAliases } from './tsconfig.js'

/** @typedef {import('./arguments.js').Mode} Mode */
/** @typedef {import('./project.js').Project} Project */
/** @typedef {import('./providers.js').Provider} Provider */

/**
 * A file of the plan.
 * @typedef {object} Step
 * @property {'write' | 'append' | 'same' | 'left'} kind `left`: it has another text, and stays as it is
 * @property {string} path in the project
 * @property {string} text the whole file, or the lines to append
 */

/**
 * @typedef {object} Plan
 * @property {Step[]} steps
 * @property {{ where: string, text: string } | undefined} mount the lines that a person adds
 * @property {string[]} routes sentences about routes that are there already
 */

export const EXAMPLE = '.env.example'
/** Files that an import without an end may find. */
const MODULE = /^\.[cm]?[jt]sx?$/

/** @param {string} path */
const withoutEnd = (path) => path.slice(0, path.length - extname(path).length)

/**
 * The file that stands for a path: itself, or another one that an import of it would find.
 * @param {string} root
 * @param {string} path
 */
const findExisting = (root, path) => {
  const folder = dirname(join(root, path))
  if (!isFolder(folder)) return undefined
  const stem = basename(withoutEnd(path))
  const isModule = MODULE.test(extname(path))
  const found = readdirSync(folder, { withFileTypes: true }).find(
    ({ name }) =>
      name === basename(path) || (isModule && MODULE.test(extname(name)) && withoutEnd(name) === stem),
  )
  return found && join(dirname(path), found.name).replaceAll('\\', '/')
}

/**
 * @param {string} root
 * @param {string} path
 * @param {string} text
 * @param {string} [taken] another file that has its place
 * @returns {Step}
 */
const planFile = (root, path, text, taken) => {
  checkInside(root, path)
  const existing = taken ?? findExisting(root, path)
  if (existing === undefined) return { kind: 'write', path, text }
  const isSame = readText(join(root, existing))?.replaceAll('\r\n', '\n') === text
  return { kind: isSame ? 'same' : 'left', path: existing, text }
}

/**
 * The lines of .env.example that are not there.
 * @param {string} root
 * @param {import('./settings.js').Setting[]} settings
 * @returns {Step}
 */
const planExample = (root, settings) => {
  checkInside(root, EXAMPLE)
  const before = readText(join(root, EXAMPLE))
  const there = new Set(listVariables(before ?? ''))
  const missing = settings.filter(({ name }) => !there.has(name))
  const lines = missing.flatMap(({ about, name, value }) => [
    ...(about ? [`# ${about}`] : []),
    `${name}=${value}`,
  ])
  const text = lines.map((line) => `${line}\n`).join('')
  if (missing.length === 0) return { kind: 'same', path: EXAMPLE, text }
  return { kind: before === undefined ? 'write' : 'append', path: EXAMPLE, text }
}

/**
 * How a file imports another one of the project.
 * @param {Project} project
 * @param {string} from the folder of the first, in the project
 * @param {string} to the other, in the project
 */
const specify = ({ root, framework: { hasAliases, importEnd } }, from, to) => {
  const found = hasAliases ? readAliases(root).find(({ folder }) => to.startsWith(folder)) : undefined
  if (found) return found.alias + withoutEnd(to.slice(found.folder.length)) + importEnd
  const path = withoutEnd(relative(from, to)).replaceAll('\\', '/') + importEnd
  return path.startsWith('.') ? path : `./${path}`
}

/**
 * The words of the templates.
 * @param {Project} project
 * @param {Provider[]} providers
 * @param {import('./settings.js').Settings} settings
 */
const listWords = ({ framework }, providers, { url, key, list }) => ({
  SUPABASE_URL: url,
  SUPABASE_ANON_KEY: key,
  PROVIDER: /** @type {Provider} */ (providers[0]).name,
  PROVIDERS: providers.flatMap(({ name, row, variables }) => [
    `${name}: {`,
    ...Object.keys(row.options).map((option, at) => `  ${option}: ${framework.env(`${variables[at]}`)},`),
    '},',
  ]),
  LINKS: providers.map(({ name, row }) => `<a href="/auth/sign-in?provider=${name}">${row.button}</a>`),
  VARIABLES: list.map(({ name, isPublic }) => `${name}: { schema${isPublic ? ', public: true' : ''} },`),
})

/**
 * The routes of the project; none where its framework has no folder for them.
 * @param {Project} project
 */
const listRoutes = ({ root, source, framework: { routes } }) =>
  routes ? findRoutes(root, { ...routes, folder: source + routes.folder }) : []

/**
 * What routes of the project mean for those of Landfall.
 * @param {Project} project
 * @param {Step[]} steps
 */
const compareRoutes = (project, steps) => {
  const { name, routes } = project.framework
  const own = new Set(steps.map(({ path }) => path))
  return listRoutes(project)
    .filter(({ file }) => !own.has(file))
    .map(({ file, path }) =>
      routes?.isFirst
        ? `${name} answers ${path} with ${file}, so Landfall does not get it: delete the file, or change paths.`
        : `Landfall answers ${path} before ${file} does: delete the file.`,
    )
}

/**
 * Plans the files of a project.
 * @param {Project} project
 * @param {Mode} mode
 * @param {Provider[]} providers
 * @returns {Plan}
 */
export const makePlan = (project, mode, providers) => {
  const { root, source, framework, language } = project
  const settings = listSettings(project, mode, providers)
  const words = listWords(project, providers, settings)
  const place = (/** @type {string} */ path) => source + pathOf(path, language)
  const template = (/** @type {string} */ name) =>
    name.replace('MODE', mode + (settings.isPublic ? '-public' : ''))
  const [first, second] = framework.files
  const authModule = place(`${first?.path}`)
  const text = (/** @type {string} */ name, /** @type {string} */ from) =>
    fill(template(name), language, { ...words, AUTH_MODULE: specify(project, from, authModule) })
  const steps = framework.files.map((file) => {
    const path = place(file.path)
    return planFile(root, path, text(file.template, dirname(path)), findCatchAll(project, path))
  })
  const mount =
    framework.mount === undefined || project.has(framework.mountedBy ?? '')
      ? undefined
      : {
          where: framework.mountWhere ?? '',
          text: fill(framework.mount, language, {
            AUTH_MODULE: specify(project, dirname(`${source}x`), authModule),
            SIGN_IN_MODULE: specify(project, dirname(`${source}x`), place(`${second?.path}`)),
            ROUTE_FILE: pathOf(`${second?.path}`, language),
          }),
        }
  return { steps: [...steps, planExample(root, settings.list)], mount, routes: compareRoutes(project, steps) }
}

/**
 * Another file that has the place of a catch-all route: a framework takes one of them.
 * @param {Project} project
 * @param {string} path
 */
const findCatchAll = (project, path) =>
  path.includes('/[...') ? listRoutes(project).find((one) => one.path.includes('[...'))?.file : undefined
