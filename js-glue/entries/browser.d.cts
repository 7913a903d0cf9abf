// The types of `require('landfall/browser')`.
import type * as browser from './browser.js' with { 'resolution-mode': 'import' }

export type * from './browser.js' with { 'resolution-mode': 'import' }
export declare const createBrowserAuth: typeof browser.createBrowserAuth
export declare const checkNext: typeof browser.checkNext
export declare const ERRORS: typeof browser.ERRORS
export declare const getSession: typeof browser.getSession
export declare const LandfallError: typeof browser.LandfallError
export declare const watchSession: typeof browser.watchSession
