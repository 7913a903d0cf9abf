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

export const launchFirefox = () =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: findProgram(['firefox-esr', 'firefox']),
    headless: true,
    extraPrefsFirefox: PREFERENCES,
  })
