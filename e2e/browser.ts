import { existsSync } from 'node:fs'
import { type Browser, chromium } from '@playwright/test'

const systemPlaces = [
  // The same engine without toolbars, for which the other starts a page of its own beside each page: a third of the work.
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The first browser that this machine has; the one that comes with the project otherwise. */
export async function launchBrowser(args: string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM || systemPlaces.find(existsSync) || (await bringOwn())
  // As root the browser has no sandbox; what it shows here is our own.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox', ...args] : args })
}

async function bringOwn(): Promise<string> {
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  // Read at import: with it the package brings the libraries that a bare machine lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs22.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}
