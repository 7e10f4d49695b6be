import { shell } from 'electron'
import { judgeLink } from './judgeLink.ts'
import { confirm } from './runAction.ts'
import { shownText } from './shownText.ts'

/** The only way out of the window, into the user's browser. A second link waits for nothing: it is dropped while one is asked about. */
export function createOutside(signInOrigin: string, report: (error: unknown) => void): (url: string) => void {
  let isAsking = false

  async function open(url: string): Promise<void> {
    const verdict = judgeLink(url, signInOrigin)
    if (verdict === 'deny' || (verdict === 'ask' && isAsking)) return
    // As the browser will read it.
    const { href, host } = new URL(url)
    if (verdict === 'ask') {
      isAsking = true
      const detail = `This link comes from a recorded conversation. It leads to:\n\n${shownText(href, 2_000)}`
      const isSure = await confirm({ message: `Open ${host}?`, detail, yes: 'Open in Browser' }).finally(() => {
        isAsking = false
      })
      if (!isSure) return
    }
    await shell.openExternal(href)
  }

  return (url) => void open(url).catch(report)
}
