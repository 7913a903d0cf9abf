// Where a program of this system is.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * The first program that is there.
 *
 * @param {string[]} names @param {string[]} [folders] where to look
 */
export function findProgram(names, folders = (process.env.PATH ?? '').split(delimiter)) {
  for (const folder of folders) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK)
        return join(folder, name)
      } catch {}
    }
  }
  throw new Error(`none of ${names.join(', ')} is in ${folders.join(', ')}`)
}
