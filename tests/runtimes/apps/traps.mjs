// The sign-in app on a core that traps once after `/overwrite`, which also tells how many instances there were.
import { state } from './overwritten.mjs'
import app from './sign-in.mjs'

export default {
  fetch(request) {
    if (new URL(request.url).pathname !== '/overwrite') return app.fetch(request)
    state.isArmed = true
    return new Response(String(state.instances))
  },
}
