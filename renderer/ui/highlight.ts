export type CodeKind = 'keyword' | 'string' | 'number' | 'name' | 'comment' | 'plain'
export interface CodeSpan {
  kind: CodeKind
  text: string
}

const slashLanguages =
  /^(?:[cm]?[jt]sx?|javascript|typescript|json[c5]?|java|c|h|cc|cpp|cs|csharp|go|rs|rust|swift|kt|kotlin|scala|php|css|scss|less|dart|zig|proto)$/
const hashLanguages =
  /^(?:py|python|sh|bash|zsh|shell|console|fish|ya?ml|toml|ini|rb|ruby|r|pl|perl|make|makefile|dockerfile|tf|hcl|ex|exs|nix)$/

const keywords = new Set(
  `abstract as async await break case catch class const continue def default defer del delete do elif else enum except export
  extends false final finally fn for from func function go if impl implements import in instanceof interface is lambda let
  match mod mut namespace new nil None not null or and package pass private protected pub public raise readonly return
  satisfies self static struct super switch this throw throws trait true True False try type typeof undefined unless use
  using val var void when where while with yield fi then esac done local`.split(/\s+/),
)

const parts = {
  // biome-ignore lint/style/useTemplate: a raw template cannot hold a backtick
  string: String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|` + '`(?:\\\\.|[^`\\\\])*`',
  number: String.raw`\b(?:0[xb][\da-f_]+|\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?)\b`,
  word: String.raw`[A-Za-z_$][\w$]*`,
}
const slashPattern = patternWith(String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`)
const hashPattern = patternWith(String.raw`(?<=^|\s)#[^\n]*`)

function patternWith(comment: string): RegExp {
  return new RegExp(`(${comment})|(${parts.string})|(${parts.number})|(${parts.word})`, 'gim')
}

/** Past this, colours are not worth the wait. */
const longestText = 60_000

/** Four hues for code, by words and quotes alone: it need not be right everywhere, and it never changes the text. */
export function highlight(code: string, language: string | null): CodeSpan[] {
  const pattern = patternFor(language)
  if (!pattern || code.length > longestText) return [{ kind: 'plain', text: code }]
  const spans: CodeSpan[] = []
  let end = 0
  const add = (kind: CodeKind, text: string) => {
    const last = spans.at(-1)
    if (text === '') return
    if (last?.kind === kind) last.text += text
    else spans.push({ kind, text })
  }
  for (const match of code.matchAll(pattern)) {
    add('plain', code.slice(end, match.index))
    end = match.index + match[0].length
    add(kindOf(match, code, end), match[0])
  }
  add('plain', code.slice(end))
  return spans
}

function kindOf(match: RegExpMatchArray, code: string, end: number): CodeKind {
  if (match[1] !== undefined) return 'comment'
  if (match[2] !== undefined) return 'string'
  if (match[3] !== undefined) return 'number'
  if (keywords.has(match[0])) return 'keyword'
  return code[end] === '(' ? 'name' : 'plain'
}

function patternFor(language: string | null): RegExp | null {
  const name = language?.toLowerCase() ?? ''
  if (slashLanguages.test(name)) return slashPattern
  if (hashLanguages.test(name)) return hashPattern
  return null
}

/** The language of a file by its name: `ts` for `a/b.test.ts`. */
export function languageOf(path: string): string | null {
  const name = path.split(/[/\\]/).at(-1) ?? ''
  return /\.(\w+)$/.exec(name)?.[1] ?? (/^(Makefile|Dockerfile)$/i.test(name) ? name : null)
}
