import type { ContextMenu, DropdownMenu } from 'radix-ui'
import { Fragment } from 'react'
import type { Action } from '../search/action.ts'
import controls from '../ui/Controls.module.css'

interface SessionMenuItemsProps {
  menu: Pick<typeof ContextMenu, 'Item' | 'Separator'> | Pick<typeof DropdownMenu, 'Item' | 'Separator'>
  actions: Action[]
  /** The ids of those that are offered here, with a line between the groups. */
  groups: string[][]
  /** Why an action did not work. */
  onProblem(action: Action, message: string | null): void
}

/** Actions as the items of a menu, whichever kind of menu it is. */
export function SessionMenuItems({ menu: { Item, Separator }, actions, groups, onProblem }: SessionMenuItemsProps) {
  const shown = groups
    .map((group) => group.flatMap((id) => actions.find((action) => action.id === id) ?? []))
    .filter((group) => group.length > 0)

  return shown.map((group, index) => (
    <Fragment key={group[0]?.id}>
      {index > 0 && <Separator className={controls.menuLine} />}
      {group.map((action) => (
        <Item
          key={action.id}
          className={controls.menuItem}
          data-tone={action.id === 'delete' ? 'danger' : undefined}
          onSelect={() => void Promise.resolve(action.run()).then((message) => onProblem(action, message))}
        >
          <action.icon aria-hidden />
          {action.short ?? action.label}
        </Item>
      ))}
    </Fragment>
  ))
}
