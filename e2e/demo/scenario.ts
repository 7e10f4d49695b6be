import {
  type Answer,
  type AnswerItem,
  answer,
  cutAfter,
  exec,
  paced,
  run,
  type Scenario,
  say,
  spawnAgent,
  think,
  usageLimit,
  waitAgent,
} from '../fakeOpenAi/scenario.ts'

/** What the model says in the demo, by the prompt that it is asked. The commands and patches are real, and codex runs them. */
export const prompts = {
  deterministic: 'make the session test deterministic',
  moment: 'now add a test for the exact moment of expiry',
  explain: 'explain how sessions expire here, with a table',
  migrate: 'migrate the project to pnpm',
  others: 'how do others test code that reads the clock?',
  icon: 'is this icon still clear at 16 pixels? have its contrast checked too',
  port: 'why does the preview not start on the build machine?',
  freePort: 'let it take a free port instead',
}

export function demoScenario(paceMs: number): Scenario {
  return ({ kind, prompt, step, subagent }) => {
    if (kind === 'title') return answer(say('{"title":"Make the session test deterministic"}'))
    if (subagent !== null) return paced(answer(step === 1 ? run('ls -l icon.png') : say(contrast)), paceMs)
    // Codex puts the name of a picture before what is asked about it.
    const known = Object.values(prompts).find((text) => prompt.endsWith(text))
    const steps = scripts[known ?? ''] ?? [
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

const search = (action: Record<string, unknown>): AnswerItem => ({
  kind: 'raw',
  item: { type: 'web_search_call', id: `ws_${String(action.type)}`, status: 'completed', action },
})

const mocking = ['node test runner mock Date.now', 'inject clock or fake timers']
const contrast =
  'On white the icon has a contrast of 7.1 to 1, on black of 4.6 to 1. Both are high enough for a picture.'
const othersDo = `Two ways are usual, and both are sound:

1. **Pass the clock in.** The function takes \`now\`, with the real clock as its default. Nothing global changes.
2. **Fake the timers.** \`mock.timers.enable({ apis: ['Date'] })\` makes \`Date.now()\` stand still for one test.

Here the first is less to write: two functions read the clock, and both are ours.`
/** It really is. */
const portIsTaken = `node -e "const { createServer } = require('net'); const first = createServer().listen(0, '127.0.0.1', () => createServer().on('error', (error) => { console.error(String(error).replace(/:\\d+$/, ':4173')); first.close(); process.exitCode = 1 }).listen(first.address().port, '127.0.0.1'))"`

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
  [prompts.others]: [
    answer(
      think('**What others do**\n\nThe test runner of Node.js has timers of its own. I look up what is usual.'),
      search({ type: 'search', query: 'node test runner mock Date.now', queries: mocking }),
      search({ type: 'open_page', url: 'https://nodejs.org/api/test.html' }),
      exec(`const found = await tools.mcp__docs__search_pages({ query: "mocking timers" });
text(found.content[0].text);`),
    ),
    cutAfter(answer(say(othersDo)), 9),
    answer(say(othersDo)),
  ],
  [prompts.icon]: [
    answer(spawnAgent('contrast', 'Is the contrast of icon.png high enough on white and on black?')),
    answer(waitAgent()),
    answer(
      say(
        'At 16 pixels the two reels run into each other; the outline still reads. The contrast was checked: it is **high enough** on white and on black. I would draw the small sizes with one reel.',
      ),
    ),
  ],
  [prompts.port]: [
    answer(
      think('**A port that is taken**\n\nA preview that does not start usually finds its port in use.'),
      run(portIsTaken),
    ),
    answer(
      say(
        'The port is taken: `EADDRINUSE` on **127.0.0.1:4173**. An earlier preview was never stopped, so that the next one has no place to listen.',
      ),
    ),
  ],
  [prompts.freePort]: [
    uncached(
      answer(
        run(
          "node -e \"require('net').createServer().listen(0, '127.0.0.1', function () { console.log('listens', this.address().port > 0); this.close() })\"",
        ),
      ),
    ),
    answer(
      say('With port 0 the system gives it a free one, and the preview says which. It starts now, however often.'),
    ),
  ],
  [prompts.migrate]: [usageLimit()],
}
