// Runs before the main process of the example. Electron 25 brought `protocol.handle` and `net.fetch`, and the program of the tests is older: this
// is as much of both as the example uses.
const { net, protocol } = require('electron')
const { fileURLToPath } = require('node:url')

const FILE_NOT_FOUND = { error: -6 }

net.fetch = (url) => {
  try {
    return { path: fileURLToPath(url) }
  } catch {
    return FILE_NOT_FOUND
  }
}
protocol.handle = (scheme, answer) =>
  protocol.registerFileProtocol(scheme, (request, respond) => respond(answer(request)))

require('./electron/main.cjs')
