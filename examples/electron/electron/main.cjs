// The main process: the app's window, and the way to the system's browser. `links.cjs` has the way back.
const { app, BrowserWindow, ipcMain, net, protocol, shell } = require('electron')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { listenForLinks, nextLink } = require('./links.cjs')

/** The page has a scheme of its own: a file on disk would share its storage with every other file. */
const ORIGIN = 'app://landfall/'
const PAGES = pathToFileURL(join(__dirname, '../dist/')).href

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])

/** Any path without a file is one of the page's own, such as `/account`. @param {string} url */
const findFile = (url) => {
  const { pathname } = new URL(url)
  const file = new URL(`.${pathname}`, PAGES).href
  return /\.\w+$/.test(pathname) && file.startsWith(PAGES) ? file : `${PAGES}index.html`
}

const openWindow = () => {
  const preload = join(__dirname, 'preload.cjs')
  const window = new BrowserWindow({
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false },
  })
  // No other page ever runs in this window, and the page opens no other window.
  window.webContents.on('will-navigate', (event) => event.preventDefault())
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.loadURL(ORIGIN)
}

/** Opens a web address in the system's browser; `http` is for a Supabase on this machine. @param {string} address */
const openBrowser = (address) => {
  const { protocol, hostname, href } = new URL(address)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname)
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere)) throw new Error('This is no web address.')
  return shell.openExternal(href)
}

/** @param {string} channel @param {(argument: any) => unknown} answer */
const answerPage = (channel, answer) =>
  ipcMain.handle(channel, ({ senderFrame }, argument) => {
    if (!senderFrame?.url.startsWith(ORIGIN)) throw new Error('Another page asks.')
    return answer(argument)
  })

const start = async () => {
  await app.whenReady()
  protocol.handle('app', ({ url }) => net.fetch(findFile(url)))
  answerPage('next-link', nextLink)
  answerPage('open-browser', openBrowser)
  openWindow()
}

app.on('window-all-closed', () => app.quit())
if (listenForLinks(openWindow)) start()
