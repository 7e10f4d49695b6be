import { answer, say, shell } from './fakeOpenAi/scenario.ts'
import { expect, test } from './stage.ts'
import { codexExec, outline, readOnlySession, readSession, readSessions } from './tapedeck.ts'

test('two sessions at once stay apart', async ({ fake, makeHome, startServer }) => {
  const home = makeHome()
  await startServer(home)
  fake.scenario = ({ prompt, step }) => (step === 1 ? answer(shell(`echo ${prompt}`)) : answer(say(`Heard: ${prompt}`)))

  const runs = await Promise.all(['one', 'two'].map((prompt) => codexExec(home, '-m', 'gpt-5.5', prompt)))

  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  const sessions = await readSessions(home)
  expect(sessions.map(({ title }) => title).sort()).toEqual(['one', 'two'])
  for (const { id, title } of sessions) {
    const { turns } = await readSession(home, id)
    expect(turns.map(outline)).toEqual([
      [`userMessage: ${title}`, `toolCall: echo ${title}`, `assistantMessage: Heard: ${title}`],
    ])
  }
})

test('a sub-agent is a thread of the session that started it', async ({ fake, makeHome }) => {
  const home = makeHome()
  fake.scenario = ({ subagent, step }) => {
    if (subagent) return answer(say('There are 3 files.'))
    const input = { task_name: 'count', message: 'Count the files.' }
    if (step === 1) return answer({ kind: 'call', name: 'spawn_agent', namespace: 'collaboration', input })
    if (step === 2)
      return answer({ kind: 'call', name: 'wait_agent', namespace: 'collaboration', input: { timeout_ms: 10_000 } })
    return answer(say('The sub-agent counted 3.'))
  }

  const { code } = await codexExec(home, 'let a sub-agent count the files')

  expect(code).toBe(0)
  const { session, turns } = await readOnlySession(home)
  expect(session).toMatchObject({ title: 'let a sub-agent count the files', turnCount: 1 })
  const root = session.threads.find(({ parentThreadId }) => parentThreadId === null)
  expect(root).toMatchObject({ id: session.id, subagent: null })
  const child = session.threads.find(({ parentThreadId }) => parentThreadId === session.id)
  expect(child).toMatchObject({ subagent: 'collab_spawn' })
  expect(session.threads).toHaveLength(2)
  expect(turns.filter(({ threadId }) => threadId === child?.id).map(outline)).toEqual([
    // What one agent asks of another is encrypted for the model; the name that it gave the task is not.
    ['userMessage: /root/count', 'assistantMessage: There are 3 files.'],
  ])
  expect(turns.filter(({ threadId }) => threadId === root?.id).map(outline)).toEqual([
    [
      'userMessage: let a sub-agent count the files',
      'toolCall: collaboration.spawn_agent',
      'toolCall: collaboration.wait_agent',
      'assistantMessage: The sub-agent counted 3.',
    ],
  ])
})

test('a compaction is a seam in the turn, and no turn of its own', async ({ fake, makeHome }) => {
  const home = makeHome({ config: 'model_auto_compact_token_limit = 20000' })
  fake.scenario = ({ kind, step, attempt }) => {
    if (kind === 'compaction') {
      const item = { type: 'compaction', id: 'cmp_1', encrypted_content: 'gAAAA-a-summary-for-the-model' }
      return answer({ kind: 'raw', item })
    }
    if (step > 1) return answer(say('Went on after it.'))
    return { ...answer(shell('echo long')), usage: { input: 500_000, cached: 0, output: 10 * attempt, reasoning: 0 } }
  }

  const { code, stderr } = await codexExec(home, '-m', 'gpt-5.5', 'do something long')

  expect({ code, stderr }).toMatchObject({ code: 0 })
  const { session, turns } = await readOnlySession(home)
  expect(session).toMatchObject({ turnCount: 1, status: 'completed' })
  expect(turns.map(outline)).toEqual([
    ['userMessage: do something long', 'toolCall: echo long', 'compaction', 'assistantMessage: Went on after it.'],
  ])
  expect(turns[0]?.exchanges.map(({ kind }) => kind)).toEqual(['turn', 'compaction', 'turn'])
})
