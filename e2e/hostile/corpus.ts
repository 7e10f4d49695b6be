/**
 * Texts that must be shown and never obeyed: whatever models, pages and programs may say, in one place. What would run sets
 * `isPwned` on the window; what would be fetched is at `evil.example`.
 */
export interface Attack {
  name: string
  text: string
  /** What it would do. */
  why: string
}

const run = 'window.isPwned=1'
const evil = 'https://evil.example'
const esc = '\u001b'
const bel = '\u0007'

const markup: Attack[] = [
  { name: 'script', text: `<script>${run}</script>`, why: 'runs where markup is put in while the page is parsed' },
  { name: 'image', text: `<img src=x onerror="${run}">`, why: 'runs where markup is put in later, too' },
  {
    name: 'picture of elsewhere',
    text: `<img src=${evil}/p.png><picture><source srcset=${evil}>`,
    why: 'tells of its reader',
  },
  { name: 'svg', text: `<svg onload="${run}"><a xlink:href="javascript:${run}"><text>x</text></a></svg>`, why: 'runs' },
  {
    name: 'frame',
    text: `<iframe srcdoc="<script>parent.isPwned=1</script>" src="javascript:${run}"></iframe>`,
    why: 'runs',
  },
  { name: 'plugin', text: `<object data="data:text/html,x"></object><embed src="${evil}/x.swf">`, why: 'loads' },
  { name: 'refresh', text: `<meta http-equiv="refresh" content="0;url=${evil}">`, why: 'leads the page away' },
  {
    name: 'base',
    text: `<base href="${evil}/"><link rel=stylesheet href="${evil}/x.css">`,
    why: 'turns all addresses',
  },
  {
    name: 'form',
    text: `<form action="${evil}"><input name=q autofocus onfocus="${run}"><button>Go`,
    why: 'asks for a password',
  },
  {
    name: 'style',
    text: `<style>@import "${evil}/x.css"; * { display: none !important }</style>`,
    why: 'hides the page',
  },
  {
    name: 'inline style',
    text: '<div style="position:fixed;inset:0;z-index:9999;background:url(//evil.example)">',
    why: 'covers the page',
  },
  {
    name: 'handlers',
    text: `<details open ontoggle="${run}"><video><source onerror="${run}"><marquee onstart=${run}>`,
    why: 'runs',
  },
  {
    name: 'mutation',
    text: `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=1 onerror=${run}>">`,
    why: 'changes when parsed again',
  },
  {
    name: 'ends of elements',
    text: `--></title></textarea></style></script></noscript><img src=x onerror=${run}>`,
    why: 'leaves the element that it stands in',
  },
  {
    name: 'ends of attributes',
    text: `"'\`> onmouseover="${run}" autofocus onfocus='${run}' x="`,
    why: 'leaves the attribute that it stands in',
  },
  {
    name: 'templates',
    text: `{{constructor.constructor('${run}')()}} \${${run}} <%= ${run} %> #{${run}} [[${run}]]`,
    why: 'runs in templates',
  },
  {
    name: 'style values',
    text: 'red;background:url(https://evil.example/x);} * { display: none } a{',
    why: 'leaves a style',
  },
]

const links: Attack[] = [
  {
    name: 'script link',
    text: `[click](javascript:${run}) [b](JaVaScRiPt:${run}) [c]( java\tscript:${run})`,
    why: 'runs when clicked',
  },
  {
    name: 'entity link',
    text: `[click](&#106;avascript&colon;${run}) [b](&#x6A;avascript:${run})`,
    why: 'runs when clicked',
  },
  {
    name: 'named link',
    text: `[click][1] and ![p][2]\n\n[1]: javascript:${run}\n[2]: ${evil}/p.png`,
    why: 'runs when clicked',
  },
  {
    name: 'data link',
    text: `[click](data:text/html,<script>${run}</script>) [v](vbscript:msgbox(1))`,
    why: 'runs when clicked',
  },
  {
    name: 'file link',
    text: '[passwords](file:///etc/passwd) [share](\\\\evil.example\\share) [rel](//evil.example/x)',
    why: 'opens a file',
  },
  {
    name: 'link of an application',
    text: '[a](tapedeck://session/1) [b](codex://x) [c](ms-msdt:/id) [d](vscode://x)',
    why: 'starts a program',
  },
  {
    name: 'auto link',
    text: `<javascript:${run}> <data:text/html,x> ${evil}/\u202egpj.exe www.evil.example`,
    why: 'runs when clicked',
  },
  {
    name: 'picture',
    text: `![x](${evil}/x.png) ![y](data:image/svg+xml,<svg onload=${run}>)`,
    why: 'tells of its reader',
  },
  {
    name: 'markup in Markdown',
    text: `<b onclick="${run}">bold</b> <a href="javascript:${run}">x</a> \`<img src=x onerror=${run}>\``,
    why: 'runs',
  },
]

const terminal: Attack[] = [
  { name: 'colours', text: `${esc}[31mred ${esc}[8mhidden${esc}[0m ${esc}[38;2;1;1;1mdark`, why: 'hides text' },
  {
    name: 'cursor',
    text: `${esc}[2J${esc}[H${esc}[999A${esc}[?1049h${esc}[?25lover all`,
    why: 'writes over what was there',
  },
  {
    name: 'terminal link',
    text: `${esc}]8;;${evil}${bel}docs${esc}]8;;${bel} ${esc}]8;;file:///etc/passwd${esc}\\x${esc}]8;;${esc}\\`,
    why: 'links elsewhere',
  },
  { name: 'clipboard', text: `${esc}]52;c;cm0gLXJmIH4K${bel}copied`, why: 'writes the clipboard' },
  {
    name: 'title',
    text: `${esc}]0;root@prod${bel}${esc}]2;x${esc}\\${esc}[21t titled`,
    why: 'names the window, and types its name',
  },
  {
    name: 'strings of a terminal',
    text: `${esc}P$q"p${esc}\\${esc}_G${esc}\\${esc}^x${esc}\\${esc}]unended`,
    why: 'drives the terminal',
  },
  {
    name: 'one-byte sequences',
    text: '\u009b2J\u009d0;x\u009c\u0090q\u009c c1',
    why: 'is a sequence without an escape',
  },
  { name: 'overwriting', text: `rm -rf ~\rls        \b\b\b\u007f\u0000${bel}`, why: 'shows another command' },
]

const writing: Attack[] = [
  { name: 'override', text: 'invoice \u202egnp.exe and what follows', why: 'reads backwards' },
  { name: 'open isolates', text: '\u2067\u2066\u2068\u202b\u202d never closed', why: 'turns what follows' },
  {
    name: 'override as entity',
    text: 'a &#x202e;gnp.exe&#8238; &#27;[31m &#x9b;2J &ZeroWidthSpace;b',
    why: 'is one only when laid out',
  },
  { name: 'right to left', text: 'קובץ 123 exe.', why: 'turns what stands beside it' },
  {
    name: 'nothing to see',
    text: 'pay\u200b\u200dp\u2060al\ufeff \u00ad\u{e0041}\u{e0042}\u180e',
    why: 'looks like another word',
  },
  {
    name: 'stacks',
    text: `z${'\u0300\u0316\u0489'.repeat(40)}a${'\u0e49'.repeat(60)}lgo`,
    why: 'covers the lines around it',
  },
  { name: 'zero and halves', text: 'a\u0000b \ud800 c \udc00d \ufffe\uffff', why: 'is no text at all' },
  { name: 'lines', text: 'one\u2028two\u2029three\u0085four\u000bfive\fsix', why: 'ends a line' },
  { name: 'marks of a hit', text: 'a \ue000marked\ue001 and \ue001\ue001\ue000open', why: 'looks like a hit' },
]

const names: Attack[] = [
  { name: '__proto__', text: '__proto__', why: 'changes every object' },
  { name: 'constructor', text: 'constructor', why: 'is in every object' },
  { name: 'toString', text: 'toString', why: 'is in every object' },
  { name: 'path', text: '../../../../etc/passwd%00/..%2f..\\..\\x', why: 'leads out of a folder' },
  { name: 'patterns', text: '$& $1 $$ %s %n (a+)+$ [^]* \\ .*', why: 'means something in a replacement or a pattern' },
  { name: 'shell', text: '$(touch /tmp/pwned) `id` ; rm -rf ~ | cat "\'', why: 'runs in a shell' },
  {
    name: 'keys of a search',
    text: 'status:failed" OR "a" -x after:yesterday \'; DROP TABLE session; --',
    why: 'means something in a query',
  },
]

/** Each short enough for a name. */
export const attacks: Attack[] = [...markup, ...links, ...terminal, ...writing, ...names]

const nest = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`

/** What stalls a page, by its size or its depth. */
export const burdens: Attack[] = [
  { name: 'a line of a megabyte', text: 'word '.repeat(210_000), why: 'is laid out at once' },
  { name: 'a word of 100 kB', text: 'x'.repeat(100_000), why: 'has no place to break' },
  { name: '10,000 quotes', text: `${'> '.repeat(10_000)}deep`, why: 'is parsed in square time' },
  { name: '10,000 lists', text: `${'- '.repeat(10_000)}deep`, why: 'is parsed in square time' },
  { name: '10,000 brackets', text: nest('[', ']', 10_000), why: 'is parsed in square time' },
  { name: '10,000 links', text: '[a]('.repeat(10_000), why: 'is parsed in square time' },
  { name: '10,000 elements', text: `${'<b>'.repeat(10_000)}deep`, why: 'is deeper than a stack' },
  {
    name: 'a table of 2,000 columns',
    text: ['| a ', '| - ', '| b '].map((cell) => `${cell.repeat(2_000)}|`).join('\n'),
    why: 'is as wide as a street',
  },
  {
    name: 'a table that is laid out',
    text: ['| a ', '| - ', '| b '].map((cell) => `${cell.repeat(1_000)}|`).join('\n'),
    why: 'is as wide as a street',
  },
  { name: 'JSON of depth 5,000', text: nest('{"__proto__":', '}', 5_000), why: 'is deeper than a stack' },
  { name: 'lists of depth 5,000', text: nest('[', ']', 5_000), why: 'is wider with each level' },
  { name: '5,000 lines', text: 'x\n'.repeat(5_000), why: 'is an element each' },
]
