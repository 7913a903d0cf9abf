// In place of dist/module.js; plain-hook.mjs puts it there.
import makeInstance from '../../../dist/generated/core-plain.js'

export const getModule = () => makeInstance
