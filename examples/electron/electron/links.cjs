// The links with which the system opens the app. They wait here until the page takes them.
const { app, BrowserWindow } = require('electron')
const { resolve } = require('node:path')

const SCHEME = 'myapp'

/** @type {string[]} */
const waiting = []

/** The link that has waited longest. Each is taken once. */
const nextLink = () => waiting.shift()

/** Shows the window, and tells its page that a link waits. @param {() => void} openWindow */
const showWindow = (openWindow) => {
  const [window] = BrowserWindow.getAllWindows()
  if (!window) return openWindow()
  if (window.isMinimized()) window.restore()
  window.focus()
  window.webContents.send('link')
}

/** Keeps the link of a start, and ignores all other arguments: any program can give them. @param {string[]} argv */
const keepLink = (argv) => {
  const link = argv.find((argument) => argument.startsWith(`${SCHEME}://`))
  if (link) waiting.push(link)
}

/** A program that is not packaged yet needs the folder of the app too. */
const registerScheme = () => {
  const [, folder] = process.argv
  if (process.defaultApp && folder)
    app.setAsDefaultProtocolClient(SCHEME, process.execPath, [resolve(folder)])
  else app.setAsDefaultProtocolClient(SCHEME)
}

/**
 * Takes the links of this start, and of later ones: on Windows and Linux a link starts the app again, and macOS tells the running one.
 * False where the app runs already. It has the link then, and this start ends.
 * @param {() => void} openWindow
 */
const listenForLinks = (openWindow) => {
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return false
  }
  registerScheme()
  keepLink(process.argv)
  app.on('second-instance', (_event, argv) => {
    keepLink(argv)
    showWindow(openWindow)
  })
  app.on('open-url', (event, link) => {
    event.preventDefault()
    keepLink([link])
    // Before that, the first window is still to come.
    if (app.isReady()) showWindow(openWindow)
  })
  return true
}

module.exports = { listenForLinks, nextLink }
