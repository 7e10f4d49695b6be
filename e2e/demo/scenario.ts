import { type Answer, answer, exec, paced, run, type Scenario, say, think, usageLimit } from '../fakeOpenAi/scenario.ts'

/** What the model says in the demo, by the prompt that it is asked. The commands and patches are real, and codex runs them. */
export const prompts = {
  deterministic: 'make the session test deterministic',
  moment: 'now add a test for the exact moment of expiry',
  explain: 'explain how sessions expire here, with a table',
  migrate: 'migrate the project to pnpm',
}

export function demoScenario(paceMs: number): Scenario {
  return ({ kind, prompt, step }) => {
    if (kind === 'title') return answer(say('{"title":"Make the session test deterministic"}'))
    const steps = scripts[prompt] ?? [
      answer(say('This is the demo: it knows a few prompts, and this is none of them.')),
    ]
    const chosen = steps[step - 1] ?? answer(say('That was all.'))
    return chosen.type === 'answer' ? paced(chosen, paceMs) : chosen
  }
}

const patch = (text: string) =>
  exec(`const result = await tools.apply_patch(${JSON.stringify(text)});\ntext(JSON.stringify(result));`)

/** An answer whose request was read anew from its first word. */
const uncached = (played: ReturnType<typeof answer>): Answer => ({
  ...played,
  usage: { input: 14_000, cached: 0, output: 310, reasoning: 96 },
})

const scripts: Record<string, Answer[]> = {
  [prompts.deterministic]: [
    answer(
      think(
        '**Looking for the clock**\n\nA test that fails now and then usually reads the time twice. I look at the test and at what it tests.',
      ),
      exec(`const listing = await tools.exec_command({ cmd: "git log --oneline -3 && ls src test" });
const code = await tools.exec_command({ cmd: "cat src/session.js test/session.test.js" });
text(listing.output);
text(code.output);`),
    ),
    answer(
      think(
        '**Two clocks**\n\n`startSession` reads `Date.now()`, and a moment later the assertion reads it again. Passing the clock in makes both see the same time.',
      ),
      patch(`*** Begin Patch
*** Update File: src/session.js
@@
 const lifetimeMs = 30 * 60 * 1000
 
 /** A session that ends half an hour after it began. */
-export function startSession(user) {
-  return { user, expiresAt: Date.now() + lifetimeMs }
+export function startSession(user, now = Date.now()) {
+  return { user, expiresAt: now + lifetimeMs }
 }
 
-export function isExpired(session) {
-  return Date.now() > session.expiresAt
+export function isExpired(session, now = Date.now()) {
+  return now > session.expiresAt
 }
*** Update File: test/session.test.js
@@
 test('a session lasts half an hour', () => {
-  const session = startSession('ada')
-  assert.equal(session.expiresAt, Date.now() + 30 * 60 * 1000)
-  assert.equal(isExpired(session), false)
+  const session = startSession('ada', 1_000)
+  assert.equal(session.expiresAt, 1_000 + 30 * 60 * 1000)
+  assert.equal(isExpired(session, 2_000), false)
 })
*** End Patch`),
    ),
    answer(run('node --test 2>&1 | tail -12')),
    answer(
      say(`The test compared **two clocks**: \`startSession\` read the time, and the assertion read it again a moment later. When a millisecond passed between them, it failed.

Both functions now take the time as an argument that defaults to the clock, so callers need not change:

\`\`\`js
export function startSession(user, now = Date.now()) {
  return { user, expiresAt: now + lifetimeMs }
}
\`\`\`

- \`src/session.js\`: \`now\` can be passed in
- \`test/session.test.js\`: the test passes it, and reads no clock at all

The test passes.`),
    ),
  ],
  [prompts.moment]: [
    uncached(
      answer(
        think(
          '**The edge**\n\nAt exactly `expiresAt` the session is still good, as the comparison is strict. One test on each side of it.',
        ),
        patch(`*** Begin Patch
*** Update File: test/session.test.js
@@
   assert.equal(isExpired(session, 2_000), false)
 })
+
+test('it is good until its last millisecond, and no longer', () => {
+  const session = startSession('ada', 0)
+  assert.equal(isExpired(session, session.expiresAt), false)
+  assert.equal(isExpired(session, session.expiresAt + 1), true)
+})
*** End Patch`),
      ),
    ),
    answer(run('node --test 2>&1 | tail -12')),
    answer(
      say('Added. At `expiresAt` itself a session is still good; one millisecond later it is not. Both tests pass.'),
    ),
  ],
  [prompts.explain]: [
    answer(run('cat src/session.js; git diff --stat')),
    answer(
      say(`A session carries the moment it ends, and nothing else decides.

| when | \`isExpired\` | why |
| --- | --- | --- |
| right after \`startSession\` | \`false\` | 30 minutes are left |
| at \`expiresAt\` | \`false\` | the comparison is strict |
| one millisecond later | \`true\` | \`now > expiresAt\` |

Nothing extends a session while it is used. If it should, \`startSession\` is where I would begin.`),
    ),
  ],
  [prompts.migrate]: [usageLimit()],
}
