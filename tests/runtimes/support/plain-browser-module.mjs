// In place of dist/browser/module.js; plain-hook.mjs puts it there.
import makeInstance from '../../../dist/generated/browser-plain.js'

export const getModule = () => makeInstance
