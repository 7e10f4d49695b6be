/** Runs in the page: what a text did that was only to be shown. In an exported page, links lead to the web. */
export function findHarm({ isExport }: { isExport: boolean }): string[] {
  const harm = new Set<string>()
  const seen = window as unknown as { isPwned?: unknown; hostileViolations?: string[]; hostileLoad?: boolean }
  if (seen.isPwned !== undefined) harm.add('a text ran')
  if (seen.hostileLoad !== true && !isExport) harm.add('the page was loaded again')
  for (const violation of seen.hostileViolations ?? []) harm.add(`the content policy forbade ${violation}`)
  if (({} as Record<string, unknown>).polluted !== undefined) harm.add('every object was changed')
  if (document.documentElement.scrollWidth > innerWidth) harm.add(`the page scrolls sideways at ${innerWidth}`)
  if (scrollX !== 0) harm.add('the page was scrolled sideways')

  const foreign =
    'script, iframe, frame, object, embed, applet, meta, base, link, style, form[action], marquee, video, audio, source, math, template, noscript'
  for (const element of document.body.querySelectorAll(foreign)) {
    // The page's own code stands at the end of its body.
    harm.add(`an element of a text: ${element.outerHTML.slice(0, 120)}`)
  }
  const hidden = /(?![\t\n\r])\p{Cc}|[\u2028-\u202e\u2066-\u2069]/u
  for (const element of document.querySelectorAll('*')) {
    if (
      element.tagName === 'IMG' &&
      !/^(?:data:image\/(?:png|jpeg|gif|webp);|blob:)/.test(element.getAttribute('src') ?? '')
    )
      harm.add(`a picture: ${element.outerHTML.slice(0, 120)}`)
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) harm.add(`a handler: ${element.outerHTML.slice(0, 120)}`)
      if (/^(?:href|src|action|formaction|xlink:href|srcdoc|data|poster|ping)$/.test(name) && !isOwn(element, value))
        harm.add(`an address: ${name}=${value.slice(0, 80)}`)
      // What is typed into a field is its own.
      if (name !== 'value' && hidden.test(value)) harm.add(`control characters in ${name} of ${nameOf(element)}`)
      if (name === 'style' && /url\(|expression|@import/i.test(value)) harm.add(`a style: ${value.slice(0, 80)}`)
    }
  }
  const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { textContent, parentElement } = texts.currentNode
    if (textContent && hidden.test(textContent)) {
      harm.add(`control characters in the text of ${nameOf(parentElement)}`)
    }
  }
  if (hidden.test(document.title)) harm.add('control characters in the title')
  return [...harm]

  function isOwn(element: Element, value: string): boolean {
    if (element.tagName === 'IMG') return /^(?:data:image\/|blob:)/.test(value)
    if (element.closest('head') || element.tagName === 'SCRIPT')
      return new URL(value, document.baseURI).origin === location.origin
    return value.startsWith('#') || (isExport && /^(?:https?|mailto):/i.test(value))
  }

  function nameOf(element: Element | null): string {
    if (!element) return 'nothing'
    const words = element.textContent?.trim().slice(0, 30)
    return `${element.tagName.toLowerCase()}.${String(element.getAttribute('class'))} “${words}”`
  }
}
