/** The entry `landfall/testing`: signs people in for end-to-end tests. */
export { makeStorageState } from '../testing/storage-state.js'
