// The types of `landfall/plain`: those of `landfall`.
export * from './index.js'
