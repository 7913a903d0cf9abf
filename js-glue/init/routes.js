/** The routes that a project has already, where files make them. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isFolder } from './files.js'

/** Enough for any app; a folder without end is none. */
const MAX_ENTRIES = 5_000

/** The paths of Landfall's routes, as createAuth has them. */
const OURS = /^\/auth\/(?:sign-in|callback(?:\/.*)?|sign-out|confirm|auth-code-error)$/

/**
 * The files of a folder, without following a link.
 * @param {string} root
 * @param {string} folder in the project
 * @returns {string[]} their paths in the project
 */
const listFiles = (root, folder) => {
  if (!isFolder(join(root, folder))) return []
  const files = []
  const folders = [folder]
  let count = 0
  for (const one of folders)
    for (const entry of readdirSync(join(root, one), { withFileTypes: true })) {
      if (++count > MAX_ENTRIES) return files
      const path = `${one}/${entry.name}`
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) files.push(path)
    }
  return files
}

/**
 * The files that answer one of Landfall's paths.
 * @param {string} root
 * @param {{ folder: string, file: RegExp }} routes `file` is the end of a path that makes a route
 * @returns {{ file: string, path: string }[]}
 */
export const findRoutes = (root, { folder, file: end }) =>
  listFiles(root, folder).flatMap((file) => {
    if (!end.test(file)) return []
    const segments = file.slice(folder.length).replace(end, '').split('/').filter(Boolean)
    const path = `/${segments.filter((segment) => !/^(?:\(.*\)|@.*)$/.test(segment)).join('/')}`
    return OURS.test(path) || /^\/auth\/\[\[?\.\.\./.test(path) ? [{ file, path }] : []
  })
