import { type Condition, isFolderWanted, isModelWanted, mayBeUnderHome, type SearchTerm } from './searchLanguage.ts'
import type { Session } from './session.ts'

/**
 * Whether a session is one that a query asks for, as far as the session itself tells. What only its texts tell (words, and the
 * tools that were used), and which folders are the homes of the computer, is `unknown`, unless the rest says no already.
 */
export function fitsSession(session: Session, terms: readonly SearchTerm[]): boolean | 'unknown' {
  let isCertain = true
  for (const term of terms) {
    const holds = term.type === 'words' ? 'unknown' : holdsFor(session, term.condition)
    if (holds === 'unknown') isCertain = false
    else if (holds === term.isExcluded) return false
  }
  return isCertain ? true : 'unknown'
}

function holdsFor(session: Session, condition: Condition): boolean | 'unknown' {
  switch (condition.key) {
    case 'model':
      return condition.values.some((wanted) => isModelWanted(session.model, wanted))
    case 'cwd':
      if (condition.values.some((wanted) => isFolderWanted(session.cwd, wanted))) return true
      return condition.values.some((wanted) => mayBeUnderHome(session.cwd, wanted)) ? 'unknown' : false
    case 'tool':
      return 'unknown'
    case 'tag':
      return condition.values.some((wanted) => session.tags.includes(wanted))
    case 'status':
      return condition.values.includes(session.status)
    case 'account':
      return session.accountMode !== null && condition.values.includes(session.accountMode)
    case 'has':
      return condition.values.some((what) => (what === 'edits' ? session.hasEdits : session.hasErrors))
    case 'is':
      return session.isStarred
    case 'after':
      return session.updatedAt >= condition.at
    case 'before':
      return session.startedAt < condition.at
  }
}
