import { expect, test } from 'vitest'
import { html } from './html.ts'
import { createMasker, noMasker } from './mask.ts'
import { write } from './sampleExport.ts'

const attacks = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '[x](javascript:alert(1))',
  '![x](https://tracker.test/pixel)',
  '</code></pre><iframe src="https://x.test">',
  "' onmouseover='alert(1)",
  '<style>*{display:none}</style>',
  '`</title><script>`',
  'a\u202eb\u0000c',
  'a &#x202e;b &#27;[2J',
  '\u001b]8;;https://evil.test\u0007link\u001b[31m red',
]

test('captured text is text: no element, attribute or address of it comes into the page', () => {
  for (const attack of attacks) {
    const page = write(html, attack, noMasker)
    const elements = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name]) => name))
    expect(
      [attack, ...elements].filter((name) => /^(script|iframe|img|svg|object|embed|link|form)$/.test(name ?? '')),
    ).toEqual([])
    expect(page.match(/<[^>]*\son[a-z]+\s*=|href="javascript|<[^>]*\ssrc=|@import|url\(/gi)).toBe(null)
    expect(['\u202e', '\u0000', '\u001b'].filter((control) => page.includes(control))).toEqual([])
    expect(page.match(/<style>/g)).toHaveLength(1)
  }
})

test('what leads to no page of the web is no link', () => {
  const links =
    '[a](//evil.test/x) [b](\\\\evil.test\\x) [c](file:///x) [d](x.html) [e](https://a.test) <mailto:a@a.test>'
  expect(write(html, links, noMasker).match(/href="[^"]*"/g)).toEqual(
    Array.from({ length: 3 }, () => ['href="https://a.test"', 'href="mailto:a@a.test"']).flat(),
  )
})

test('it needs nothing but itself, follows the theme of its reader and can be printed', () => {
  const page = write(html, 'hello', noMasker)
  expect(page).toContain("default-src 'none'")
  expect(page).toContain('@media (prefers-color-scheme: dark)')
  expect(page).toContain('@media print')
})

test('an answer is laid out, a patch shows what came and what went', () => {
  expect(write(html, '**bold** `code`', noMasker)).toContain('<strong>bold</strong> <code>code</code>')
  expect(write(html, '*** Update File: a\n@@\n-old\n+new\n*** Add File: b\n@@ f()\n+new', noMasker)).toContain(
    '<b>a</b><del>-old</del><ins>+new</ins><b>b (new)</b><i>f()</i><ins>+new</ins>',
  )
})

test('what tells nobody anything is left out', () => {
  expect(write(html, 'done', noMasker)).toContain('1 line of output')
  expect(write(html, ' \n', noMasker)).not.toContain('of output')
})

test('its head names every model, and says that secrets are masked only if they are', () => {
  const page = write(html, 'hello', noMasker)
  expect(page).toContain('<span>gpt-6.1-sol, gpt-6.1-terra</span>')
  expect(page).not.toContain('masked')
  expect(write(html, 'hello', createMasker())).toContain('<span>Secrets that were found are masked</span>')
})

test('several sessions have a list of them first', () => {
  const page = write(
    { ...html, begin: (sessions, masker) => html.begin([...sessions, ...sessions], masker) },
    'a & b',
    noMasker,
  )
  expect(page).toContain('<li><a href="#s1">a &amp; b</a></li>')
})
