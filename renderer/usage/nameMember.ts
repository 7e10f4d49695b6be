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

/** Each as short as it can be: a project by its whole path where another of them is called the same. */
export function nameApart(members: Member[], by: SplitBy): Map<Member, string> {
  const counts = new Map<string, number>()
  for (const member of members) {
    const name = nameMember(member, by)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return new Map(
    members.map((member) => {
      const name = nameMember(member, by)
      return [member, (counts.get(name) ?? 0) > 1 ? nameMemberWhole(member, by) : name]
    }),
  )
}
