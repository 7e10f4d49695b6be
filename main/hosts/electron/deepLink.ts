/** Every program and page of this computer can open `tapedeck://…`: the only thing that it can say is which session to show. */
const pattern = /^tapedeck:\/\/session\/([A-Za-z0-9][A-Za-z0-9_-]{0,127})\/?$/

/** Where in the window a deep link leads, or null for what is none. */
export function readDeepLink(url: string): string | null {
  const id = pattern.exec(url)?.[1]
  return id === undefined ? null : `#/session/${id}`
}

/** Windows and Linux hand a link over as an argument of a second start. */
export function findDeepLink(args: string[]): string | null {
  for (const arg of args) {
    const route = readDeepLink(arg)
    if (route !== null) return route
  }
  return null
}
