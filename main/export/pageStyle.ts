/** The look of an exported page: the product's own colours and measures, light or dark by the reader's system. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --bg: #ffffff; --inset: #f7f7f9; --prompt: #eff0f4; --text: #1b1c21; --text-2: #4b4e57; --text-3: #5f626c;
  --line: #e5e5e9; --accent: #3d56c9; --fail: #bb2d27; --add: #e6f6ea; --del: #fdeceb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #1b1c20; --inset: #212227; --prompt: #292a31; --text: #e8e9ed; --text-2: #b0b3bd; --text-3: #989ca7;
    --line: #2b2c32; --accent: #8fa3ff; --fail: #ff8b80; --add: #182b21; --del: #311d1f;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  background: var(--bg); color: var(--text);
  font: 14px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, Cantarell, sans-serif;
  max-width: 1000px; margin: 0 auto; padding: 32px 24px; overflow-wrap: anywhere;
}
h1 { font-size: 20px; line-height: 28px; font-weight: 600; overflow-wrap: anywhere; unicode-bidi: isolate; }
.facts { margin-top: 4px; color: var(--text-2); font-size: 12px; font-variant-numeric: tabular-nums; }
.facts span { display: inline-block; max-width: 100%; margin-right: 12px; unicode-bidi: isolate; }
header { padding-bottom: 16px; border-bottom: 1px solid var(--line); }
/* A letter with a hundred marks is one letter, and has no place to break. */
main, nav { overflow-x: clip; overflow-clip-margin: 4px; }
main + main { margin-top: 64px; }
nav { margin-bottom: 40px; color: var(--text-2); }
a { color: var(--accent); text-underline-offset: 2px; overflow-wrap: anywhere; }
section { padding-top: 8px; }
article { display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 12px; padding: 8px 0; }
article > h2 { font-size: 12px; line-height: 22px; font-weight: 500; color: var(--text-3); overflow-wrap: anywhere; }
.prompt > div { background: var(--prompt); border-radius: 7px; padding: 8px 12px; }
.prompt > h2, .answer > h2 { color: var(--text); font-weight: 600; }
.prompt > h2 { padding-top: 8px; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.error > div, .error > h2, .failed > h2 { color: var(--fail); }
.soft, .name, summary { color: var(--text-2); font-size: 12px; line-height: 22px; }
.seam { border-top: 1px dashed var(--line); }
summary { cursor: pointer; width: fit-content; max-width: 100%; overflow-wrap: anywhere; }
summary:focus-visible, a:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
details[open] > summary { margin-bottom: 4px; }
pre, code { font: 12px/18px ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; }
pre {
  background: var(--inset); border: 1px solid var(--line); border-radius: 7px; padding: 8px 12px; margin-bottom: 8px;
  overflow: auto; max-height: 480px; white-space: pre; tab-size: 4;
}
pre b { color: var(--text-3); font-weight: 400; user-select: none; }
.patch code > * { display: block; margin: 0 -12px; padding: 0 12px; width: max-content; min-width: calc(100% + 24px); text-decoration: none; }
.patch b { color: var(--text); font-weight: 600; user-select: auto; }
.patch i { color: var(--text-3); font-style: normal; }
.patch ins { background: var(--add); }
.patch del { background: var(--del); }
.markdown { max-width: 76ch; overflow-wrap: anywhere; }
.markdown > * + * { margin-top: 10px; }
.markdown :is(h1, h2, h3, h4, h5, h6) { font-size: 14px; line-height: 20px; font-weight: 600; }
.markdown :is(ul, ol) { padding-left: 24px; }
.markdown :not(pre) > code { background: var(--inset); border: 1px solid var(--line); border-radius: 3px; padding: 0 3px; }
.markdown blockquote { border-left: 2px solid var(--line); padding-left: 12px; color: var(--text-2); }
.markdown table { border-collapse: collapse; display: block; overflow: auto; }
.markdown :is(th, td) { border: 1px solid var(--line); padding: 4px 8px; text-align: left; }
.markdown pre { margin-bottom: 0; }
img { max-width: 100%; max-height: 480px; border-radius: 5px; margin-top: 8px; }
.end { display: flex; align-items: center; gap: 12px; color: var(--text-3); font-size: 11px; padding: 8px 0; font-variant-numeric: tabular-nums; }
.end::before, .end::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
footer { margin-top: 32px; color: var(--text-3); font-size: 11px; text-align: center; }
@media (max-width: 560px) {
  body { padding: 20px 16px; }
  article { grid-template-columns: minmax(0, 1fr); gap: 2px; }
  .prompt > h2 { padding-top: 0; }
}
@media print {
  :root {
    color-scheme: light;
    --bg: #ffffff; --inset: #ffffff; --prompt: #f4f4f6; --text: #000000; --text-2: #333333; --text-3: #555555;
    --line: #cccccc; --accent: #000000; --fail: #8a1c17; --add: #eef8f0; --del: #fdf1f0;
  }
  body { max-width: none; padding: 0; font-size: 11pt; }
  pre { max-height: none; white-space: pre-wrap; overflow: visible; overflow-wrap: anywhere; }
  .patch code > * { width: auto; }
  article > h2, summary { break-after: avoid; }
  /* What is folded on the screen is on paper too. */
  details::details-content { content-visibility: visible; block-size: auto; }
  main + main { break-before: page; }
}
`
