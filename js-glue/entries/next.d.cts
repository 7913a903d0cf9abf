// The types of `require('landfall/next')`.
import type * as next from './next.js' with { 'resolution-mode': 'import' }

export declare const getSession: typeof next.getSession
export declare const getUser: typeof next.getUser
export declare const handlers: typeof next.handlers
export declare const protect: typeof next.protect
export declare const proxyHandler: typeof next.proxyHandler
export declare const signIn: typeof next.signIn
