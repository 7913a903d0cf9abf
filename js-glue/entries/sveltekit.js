/** The entry `landfall/sveltekit`: Landfall's routes as a hook of SvelteKit. */
export { authHandle } from '../sveltekit/handle.js'
