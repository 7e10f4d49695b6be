/** Every program and page of this computer can open `tapedeck://…`: the only thing that it can say is which session to show, and which item of it. */
const pattern =
  /^tapedeck:\/\/session\/([A-Za-z0-9][A-Za-z0-9_-]{0,127})(?:\/item\/([A-Za-z0-9][A-Za-z0-9._-]{0,199}))?\/?$/

/** Where in the window a deep link leads, or null for what is none. */
export function readDeepLink(url: string): string | null {
  const [, id, itemId] = pattern.exec(url) ?? []
  if (id === undefined) return null
  return itemId === undefined ? `#/session/${id}` : `#/session/${id}/item/${itemId}`
}

/** Windows and Linux hand a link over as an argument of a second start. */
export function findDeepLink(args: string[]): string | null {
  for (const arg of args) {
    const route = readDeepLink(arg)
    if (route !== null) return route
  }
  return null
}
