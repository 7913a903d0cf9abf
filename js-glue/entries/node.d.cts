// The types of `require('landfall/node')`.
import type * as node from './node.js' with { 'resolution-mode': 'import' }

export type * from './node.js' with { 'resolution-mode': 'import' }
export declare const getSession: typeof node.getSession
export declare const requireSession: typeof node.requireSession
export declare const toNodeHandler: typeof node.toNodeHandler
export declare const verifyLogoutToken: typeof node.verifyLogoutToken
