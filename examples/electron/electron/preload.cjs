// All that the page gets of Electron. The main process checks what comes from here.
const { contextBridge, ipcRenderer } = require('electron')

/** Links are taken one after the other. */
let last = Promise.resolve()

contextBridge.exposeInMainWorld('desktop', {
  /** @param {string} url */
  openBrowser: (url) => ipcRenderer.invoke('open-browser', url),
  /** @param {(link: string) => Promise<void>} take */
  onLink: (take) => {
    const takeAll = async () => {
      for (;;) {
        const link = await ipcRenderer.invoke('next-link')
        if (link === undefined) return
        await take(link)
      }
    }
    const next = () => {
      last = last.then(takeAll, takeAll)
    }
    ipcRenderer.on('link', next)
    next()
  },
})
