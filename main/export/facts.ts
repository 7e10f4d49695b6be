import { nameGit, type Session } from '../../contract/domain/session.ts'

/** What stands under a title: with what, where, when, how much. `models`: of all its turns, in order. */
export function factsOf(session: Session, models: readonly string[]): string[] {
  const { model, cwd, git, startedAt, turnCount, usage } = session
  return [
    models.length > 0 ? models.join(', ') : model,
    cwd,
    git ? nameGit(git) : null,
    `${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    turnCount === 1 ? '1 turn' : `${turnCount} turns`,
    usage.totalTokens > 0 ? `${usage.totalTokens.toLocaleString('en')} tokens` : null,
  ].filter((fact) => fact !== null)
}
