// The types of `landfall/plain/browser`: those of `landfall/browser`.
export * from './browser.js'
