const longestTag = 40

/** Tags as somebody types them: at commas, with or without their sign. A comma would mean “one of these” where they are searched for. */
export function readTags(typed: string): string[] {
  const tags = typed
    .split(',')
    .map((tag) => tag.trim().replace(/^#/, '').replace(/\s+/g, ' ').trim().slice(0, longestTag))
  return [...new Set(tags.filter((tag) => tag !== ''))]
}
