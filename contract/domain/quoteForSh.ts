/** Between single quotes nothing means anything but the quote itself. */
export function quoteForSh(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** For people to read: what means nothing to a shell stands as it is. */
export function quoteWhereNeeded(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : quoteForSh(word)
}
