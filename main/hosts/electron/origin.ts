/** The page comes from a scheme of its own, so it has an origin that no page of the web can have. */
export const scheme = 'tapedeck-app'
export const origin = `${scheme}://window`

/** The part of a frame that tells who speaks. */
export interface Sender {
  url: string
  parent: unknown
}

/** Whether it is the top frame of our page. Asked before what it says is looked at. */
export function isOwnPage(frame: Sender | null): boolean {
  return frame !== null && frame.parent === null && frame.url.startsWith(`${origin}/`)
}
