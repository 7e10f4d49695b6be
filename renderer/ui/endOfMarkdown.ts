/**
 * The end of a Markdown text, cut where a line begins that reads by itself: what is in a block of code or in a table stays in one.
 * Of what was cut off only the marks that open such a block are looked for.
 */
export function endOfMarkdown(text: string, most: number): string {
  if (text.length <= most) return text
  // It moves on in steps, so that what is written on is laid out where it stood, and not anew with each word.
  const step = most / 4
  const earliest = Math.ceil((text.length - most) / step) * step
  const latest = text.length - most / 2
  const line = lineFrom(text, earliest)
  // One long line: what it began with is not known of its end.
  if (line === -1 || line > latest) return text.slice(wordFrom(text, earliest, step))
  const fence = openFence(text.slice(0, line))
  if (fence !== null) return `${fence}\n${text.slice(line)}`
  const head = tableHead(text, line)
  if (head !== null) return head + text.slice(line)
  const whole = wholeBlockFrom(text, line, latest)
  // Between the two a block of code may have begun.
  return whole === line ? text.slice(line) : `${reopen(openFence(text.slice(0, whole)))}${text.slice(whole)}`
}

const reopen = (fence: string | null) => (fence === null ? '' : `${fence}\n`)

function lineFrom(text: string, at: number): number {
  const end = text.indexOf('\n', at - 1)
  return end === -1 ? -1 : end + 1
}

function wordFrom(text: string, at: number, step: number): number {
  const space = text.slice(at, at + step).search(/\s/)
  // Not in the middle of a character.
  return space === -1 ? at + Number(/[\udc00-\udfff]/.test(text.charAt(at))) : at + space + 1
}

/** The line that opened the block of code in which a text ends; null when it ends in none. */
function openFence(text: string): string | null {
  let open: { line: string; mark: string } | null = null
  for (const [, line = '', mark = '', info = ''] of text.matchAll(/^((?:[ \t]*)(`{3,}|~{3,})(.*))$/gm)) {
    if (open === null) open = { line: line.trim(), mark }
    else if (mark.startsWith(open.mark) && info.trim() === '') open = null
  }
  return open?.line ?? null
}

/** The head of the table in whose rows a line stands. */
function tableHead(text: string, line: number): string | null {
  if (text.charAt(line) !== '|') return null
  const blank = text.lastIndexOf('\n\n', line - 1)
  const [head, rule] = text.slice(blank === -1 ? 0 : blank + 2, line).split('\n')
  return head?.startsWith('|') && rule && /^\|?[\s:|-]+$/.test(rule) ? `${head}\n${rule}\n` : null
}

/** Past what belongs to a line before it, as far as there is such a place. */
function wholeBlockFrom(text: string, line: number, latest: number): number {
  for (let at = line; at !== -1 && at <= latest; at = lineFrom(text, at + 1)) {
    if (/\S/.test(text.charAt(at))) return at
  }
  return line
}
