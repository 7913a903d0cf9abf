/** What `electron/preload.cjs` gives to the page. */
export interface Desktop {
  /** Opens a page in the system's browser: only `https`, and `http` on this machine. */
  openBrowser(url: string): Promise<void>
  /** Gives each link with which the system opens the app, one after the other. Also those that waited for the page. */
  onLink(take: (link: string) => Promise<void>): void
}

export const { desktop } = window as unknown as { desktop: Desktop }
