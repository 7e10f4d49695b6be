import { createHash } from 'node:crypto'
import { pageHeaders } from './pageHeaders.ts'

/** What is said to a browser in place of the page of Tapedeck. Nothing in it comes from the request, or is a secret. */
export interface Notice {
  status: number
  title: string
  text: string
  /** What to run in a terminal. */
  command?: string
  /** Where to go on, by a link. */
  link?: { href: string; text: string }
}

/** The files of the page are for those who are let in, so that it brings its own few rules: the tokens of the page, as numbers. */
const style = `
:root { color-scheme: light dark; --text: light-dark(#1b1c21, #e8e9ed); --text-2: light-dark(#4b4e57, #b0b3bd) }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#ffffff, #1b1c20); color: var(--text);
  font: 13px/20px system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, sans-serif }
main { box-sizing: border-box; max-width: 480px; padding: 24px 16px; text-align: center }
h1 { margin: 0 0 4px; font-size: 15px; font-weight: 600; text-wrap: balance }
p { margin: 0; color: var(--text-2); text-wrap: pretty }
code { display: inline-block; box-sizing: border-box; max-width: 100%; margin: 16px 0; padding: 8px 12px; overflow-wrap: anywhere;
  border: 1px solid light-dark(#c9cad1, #44464f); border-radius: 7px; background: light-dark(#f7f7f9, #212227); user-select: all;
  font: 12px/18px ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace }
a { display: inline-block; margin-top: 4px; padding: 8px; color: light-dark(#3d56c9, #8fa3ff) }
`
const styleHash = createHash('sha256').update(style).digest('base64')

export const noticeHeaders = {
  ...pageHeaders,
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
}

export function noticePage({ title, text, command, link }: Notice): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} · Tapedeck</title>
<style>${style}</style>
<main>
<h1>${title}</h1>
<p>${text}</p>
${command === undefined ? '' : `<code>${command}</code>\n`}${link === undefined ? '' : `<a href="${link.href}">${link.text}</a>\n`}</main>
</html>
`
}

const newLink = {
  text: 'Run this in a terminal on the computer that Tapedeck runs on. It prints a link for this browser, which works once.',
  command: 'tapedeck serve',
}

export const notices = {
  notSignedIn: { status: 401, title: 'This browser is not signed in to Tapedeck', ...newLink },
  usedLink: { status: 401, title: 'This link has been used or is too old', ...newLink },
  otherHost: {
    status: 403,
    title: 'This address is not served here',
    text: 'Use 127.0.0.1 or localhost, with the port of Tapedeck.',
  },
  notFound: {
    status: 404,
    title: 'There is nothing at this address',
    text: 'All of Tapedeck is on one page.',
    link: { href: '/', text: 'Open Tapedeck' },
  },
  failed: { status: 500, title: 'Tapedeck could not answer', text: 'Its log tells why.' },
} satisfies Record<string, Notice>
