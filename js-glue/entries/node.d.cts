// The types of `require('landfall/node')`.
import type * as node from './node.js' with { 'resolution-mode': 'import' }

export type * from './node.js' with { 'resolution-mode': 'import' }
export declare const toNodeHandler: typeof node.toNodeHandler
