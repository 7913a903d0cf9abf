// The types of `require('landfall/sveltekit')`.
import type * as sveltekit from './sveltekit.js' with { 'resolution-mode': 'import' }

export declare const authHandle: typeof sveltekit.authHandle
