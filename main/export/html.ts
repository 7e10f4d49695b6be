import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { isPlainEnough } from '../../contract/domain/markdown.ts'
import { readableJson } from '../../contract/domain/readableJson.ts'
import type { Session } from '../../contract/domain/session.ts'
import type { Item, ToolCall, Turn } from '../../contract/domain/turn.ts'
import { factsOf } from './facts.ts'
import type { Format } from './format.ts'
import { noMasker } from './mask.ts'
import { maskSession, maskTurn } from './maskSession.ts'
import { pageStyle } from './pageStyle.ts'
import { escapeHtml, revealControls, showOutput } from './pageText.ts'

/**
 * A page that needs nothing but itself: no script, no address that it loads from (its own policy forbids both, whatever a
 * captured text says), light or dark as the reader's system is, and printable.
 */
export const html: Format = {
  mediaType: 'text/html',
  extension: 'html',
  begin(sessions, masker) {
    const shown = sessions.map((session) => maskSession(session, masker))
    const title = shown.length === 1 && shown[0] ? shown[0].title : `${shown.length} sessions`
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<title>${escapeHtml(title)} · Tapedeck</title>
<style>${pageStyle}</style>
</head>
<body>
${shown.length > 1 ? contentsOf(shown) : ''}`
  },
  beginSession(session, masker, models) {
    const shown = maskSession(session, masker)
    const facts = [...factsOf(shown, models), ...(masker === noMasker ? [] : ['Secrets that were found are masked'])]
    return `<main id="${escapeHtml(shown.id)}">
<header>
<h1 dir="auto">${escapeHtml(shown.title)}</h1>
<p class="facts">${facts.map((fact) => `<span>${escapeHtml(fact)}</span>`).join(' ')}</p>
</header>
`
  },
  parts: {
    of: 'turns',
    hasPictures: true,
    part(turn, number, masker) {
      const shown = maskTurn(turn, masker)
      return `<section aria-label="Turn ${number}">
${shown.items.map(formatItem).join('')}<p class="end"><span>turn ${number}${endOf(shown)}</span></p>
</section>
`
    },
  },
  endSession: () => '</main>\n',
  end: () => '<footer>Recorded with Tapedeck</footer>\n</body>\n</html>\n',
}

function contentsOf(sessions: Session[]): string {
  const rows = sessions.map(({ id, title }) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(title)}</a></li>`)
  return `<nav aria-label="Sessions">\n<ol>\n${rows.join('\n')}\n</ol>\n</nav>\n`
}

function endOf({ startedAt, endedAt, usage, status }: Turn): string {
  const seconds = endedAt === null ? null : Math.round((endedAt - startedAt) / 1000)
  const time = seconds === null ? null : seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
  const words = [
    time,
    usage.inputTokens > 0 ? `${usage.inputTokens.toLocaleString('en')} tokens in` : null,
    usage.outputTokens > 0 ? `${usage.outputTokens.toLocaleString('en')} out` : null,
    status === 'completed' ? null : status,
  ]
  return words.flatMap((word) => (word === null ? [] : [` · ${word}`])).join('')
}

function formatItem(item: Item): string {
  switch (item.type) {
    case 'userMessage':
      return frame(
        'You',
        'prompt',
        `<p class="text" dir="auto">${escapeHtml(item.text)}</p>${formatImages(item.images, 'An image of the prompt')}`,
      )
    case 'assistantMessage':
      return frame('Codex', 'answer', formatMarkdown(item.text))
    case 'reasoning':
      if (item.text === '') return frame('Thought', 'thought', '<p class="soft">Only the model can read it.</p>')
      return frame('Thought', 'thought', fold(firstLine(item.text), formatMarkdown(item.text)))
    case 'toolCall':
      return formatToolCall(item)
    case 'compaction':
      return frame('Compacted', 'seam', item.text === '' ? '' : fold('What was kept', formatMarkdown(item.text)))
    case 'error':
      return frame(
        'Error',
        'error',
        `<p>${escapeHtml([item.code, item.message].filter((text) => text).join(': '))}</p>`,
      )
    case 'unknown':
      return frame(item.label, 'unknown', fold('Details', pre(escapeHtml(readableJson(item.raw)))))
  }
}

function frame(verb: string, kind: string, body: string): string {
  return `<article class="${kind}"><h2>${escapeHtml(verb)}</h2><div>${body}</div></article>\n`
}

function formatToolCall(call: ToolCall): string {
  const verb = call.patch !== null ? 'Edited' : call.commands.length > 0 ? 'Ran' : 'Called'
  const input =
    call.commands.length > 0
      ? pre(call.commands.map((command) => `<b>$ </b>${escapeHtml(command)}`).join('\n'))
      : call.patch === null
        ? `<p class="name">${escapeHtml(call.name)}</p>${pre(escapeHtml(call.input))}`
        : ''
  const patch = call.patch === null ? '' : pre(formatPatch(call.patch), 'patch')
  // What an edit that was made gives back tells nobody anything.
  const isEmpty =
    !call.output?.trim() || (call.patch !== null && call.status !== 'failed' && call.output.trim() === '{}')
  const exit = call.exitCode === null ? (call.status === 'failed' ? 'failed' : '') : `exit ${call.exitCode}`
  const lines = call.output ? call.output.replace(/\n$/, '').split('\n').length : 0
  const summary = [exit, lines === 1 ? '1 line of output' : `${lines} lines of output`].filter((word) => word !== '')
  const output =
    call.output && !isEmpty ? fold(summary.join(' · '), pre(escapeHtml(showOutput(call.output))), lines <= 12) : ''
  return frame(
    verb,
    call.status === 'failed' ? 'tool failed' : 'tool',
    `${input}${patch}${output}${formatImages(call.images ?? [], 'An image that the tool gave')}`,
  )
}

/** A class a line, and no more: whoever reads it sees of each file what came and what went. */
function formatPatch(patch: string): string {
  return patch
    .replace(/\n$/, '')
    .split('\n')
    .filter((line) => !/^\*\*\* (?:Begin Patch|End Patch|End of File)$|^@@\s*$/.test(line))
    .map((line) => {
      const [, verb, path] = /^\*\*\* (Update|Add|Delete) File: (.+)$/.exec(line) ?? []
      if (path !== undefined)
        return `<b>${escapeHtml(path)}${verb === 'Add' ? ' (new)' : verb === 'Delete' ? ' (deleted)' : ''}</b>`
      const [, moved] = /^\*\*\* Move to: (.+)$/.exec(line) ?? []
      if (moved !== undefined) return `<b>→ ${escapeHtml(moved)}</b>`
      const text = escapeHtml(line.startsWith('@@') ? line.replace(/^@@\s*/, '') : line) || ' '
      if (line.startsWith('*** ') || line.startsWith('diff ')) return `<b>${text}</b>`
      if (line.startsWith('+')) return `<ins>${text}</ins>`
      if (line.startsWith('-')) return `<del>${text}</del>`
      return line.startsWith('@@') ? `<i>${text}</i>` : `<span>${text}</span>`
    })
    .join('')
}

/** Markup inside of it stands there as text, and only addresses of the usual kinds become links. */
function formatMarkdown(text: string): string {
  const shown = showOutput(text)
  if (!isPlainEnough(shown)) return pre(escapeHtml(shown))
  // It reads characters that are named by their number.
  const markup = revealControls(micromark(shown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }))
  // Its address would be asked for by whoever opens the page.
  const withoutImages = markup.replace(/<img src="[^"]*" alt="([^"]*)"[^>]*>/g, '<em>[image: $1]</em>')
  // Without a scheme it would be a file's, or a share's, beside the page.
  const withoutFiles = withoutImages.replace(/<a href="(?!https?:|mailto:|#)[^"]*"/gi, '<a')
  return `<div class="markdown" dir="auto">${withoutFiles}</div>`
}

function formatImages(images: string[], words: string): string {
  return images
    .map((image) =>
      /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/.test(image)
        ? `<img alt="${words}" src="${image}">`
        : '<p class="soft">An image that is kept elsewhere or cannot be shown.</p>',
    )
    .join('')
}

function fold(summary: string, body: string, isOpen = false): string {
  return `<details${isOpen ? ' open' : ''}><summary>${escapeHtml(summary)}</summary>${body}</details>`
}

function pre(markup: string, kind = ''): string {
  return `<pre${kind === '' ? '' : ` class="${kind}"`} tabindex="0"><code>${markup}</code></pre>`
}

function firstLine(text: string): string {
  const line =
    text
      .replace(/[*_#`]/g, '')
      .trim()
      .split('\n', 1)[0] ?? ''
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
