// Firefox, through WebDriver BiDi: headless, with a profile of its own.
import puppeteer from 'puppeteer-core'
import { findProgram } from './program.mjs'

/**
 * No updates, no telemetry, no captive-portal checks: nothing leaves the machine unless a page does. And a page from disk may do what it may
 * do for people: automation would allow it more.
 */
const PREFERENCES = {
  'app.update.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'security.fileuri.strict_origin_policy': true,
  'services.settings.server': 'http://127.0.0.1:9/',
}

/** @param {import('./engines.mjs').Conditions} conditions */
const preferencesOf = ({ colorScheme, reducedMotion, forcedColors }) => ({
  ...PREFERENCES,
  ...(colorScheme && { 'layout.css.prefers-color-scheme.content-override': colorScheme === 'dark' ? 0 : 1 }),
  ...(reducedMotion && { 'ui.prefersReducedMotion': 1 }),
  ...(forcedColors && { 'browser.display.document_color_use': 2 }),
})

/** @param {import('./engines.mjs').Conditions} [conditions] */
export const launchFirefox = (conditions = {}) =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: findProgram(['firefox-esr', 'firefox']),
    headless: true,
    extraPrefsFirefox: preferencesOf(conditions),
    ...(conditions.width && {
      defaultViewport: { width: conditions.width, height: conditions.height ?? 800 },
    }),
  })
