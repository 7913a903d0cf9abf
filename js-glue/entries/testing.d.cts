// The types of `require('landfall/testing')`.
import type * as testing from './testing.js' with { 'resolution-mode': 'import' }

export declare const makeStorageState: typeof testing.makeStorageState
