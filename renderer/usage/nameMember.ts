import { projectName, shortenPath } from '../ui/formatting.ts'
import { revealControls } from '../ui/untrustedText.ts'
import type { Member, SplitBy } from './usageView.ts'

/** What a model or a project is called where there is little room. */
export function nameMember(member: Member, by: SplitBy): string {
  if (member === null) return by === 'model' ? 'Unknown model' : 'No folder'
  return revealControls(by === 'model' ? member : projectName(member))
}

/** With all of the path. */
export function nameMemberWhole(member: Member, by: SplitBy): string {
  return member === null || by === 'model' ? nameMember(member, by) : revealControls(shortenPath(member))
}
