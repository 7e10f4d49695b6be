import type { Page } from '@playwright/test'

const roles = new Set(
  'button checkbox combobox link listbox menuitem menuitemradio menuitemcheckbox option radio searchbox slider spinbutton switch tab textbox treeitem'.split(
    ' ',
  ),
)

/** The controls that a screen reader could only call by their kind, by the browser's own accessibility tree. */
export async function findNameless(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return nodes
    .filter(
      ({ ignored, role, name }) => !ignored && roles.has(String(role?.value)) && !String(name?.value ?? '').trim(),
    )
    .map(({ role, nodeId }) => `${role?.value} ${nodeId}`)
}
