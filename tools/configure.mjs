// One configuration of CMake, by its preset.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.mjs'

const HOME = /^CMAKE_HOME_DIRECTORY:\w+=(.*)$/m

/**
 * Whether CMake made a folder for a checkout at another place: somebody moved or copied this one, and CMake refuses such
 * a folder.
 * @param {string} folder
 * @param {string} checkout
 */
const isOfAnother = (folder, checkout) => {
  const cache = join(folder, 'CMakeCache.txt')
  return existsSync(cache) && HOME.exec(readFileSync(cache, 'utf8'))?.[1] !== checkout
}

/** Removes a folder that CMake made for a checkout at another place. @param {string} folder @param {string} checkout */
export const dropOfAnother = (folder, checkout) => {
  if (isOfAnother(folder, checkout)) rmSync(folder, { recursive: true })
}

/**
 * Configures the build of a preset, from nothing where the folder is of another checkout.
 * @param {string} preset
 * @param {string[]} [options] of CMake
 */
export const configure = async (preset, options = []) => {
  dropOfAnother(join(root, 'build', preset), root)
  await run('cmake', ['--preset', preset, ...options], { quiet: true })
}
