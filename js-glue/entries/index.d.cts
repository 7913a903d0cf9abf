// The types of `require('landfall')`: those of the ES module, whose runtime values the CommonJS build has too.
import type * as landfall from './index.js' with { 'resolution-mode': 'import' }

export type * from './index.js' with { 'resolution-mode': 'import' }
export declare const createAuth: typeof landfall.createAuth
export declare const checkNext: typeof landfall.checkNext
export declare const ERRORS: typeof landfall.ERRORS
export declare const LandfallError: typeof landfall.LandfallError
