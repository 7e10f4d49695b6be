import type { TapEvent } from '../proxy/tap.ts'
import type { Note } from './messages.ts'
import {
  answerOf,
  completed,
  created,
  createFrame,
  message,
  post,
  requestOf,
  serverFrame,
  socket,
  toolAnswers,
  toolCall,
  userSays,
} from './playedTraffic.ts'
import { launchOf } from './stage.ts'

interface Played {
  take(entries: (TapEvent | Note)[]): void
  recorder: { flush(): unknown }
}

/** Sessions with all that derivation knows of: tools, retries, a sub-agent, a title, a turn that waits, one that ended. */
export function recordALot(run: Played): void {
  const record = (...events: TapEvent[]) => {
    run.take(events)
    run.recorder.flush()
  }
  run.take([{ type: 'launchStarted', launch: launchOf('l1') }])
  run.take([{ type: 'launchStarted', launch: launchOf('l2') }])
  record(
    ...socket({ streamId: 'w' }),
    createFrame('w', { ...requestOf({ kind: 'prewarm', input: [], turnId: null }), generate: false }, 2_000),
    ...[created('r0'), completed('r0')].map((event) => serverFrame('w', event, 2_001)),
    createFrame('w', requestOf({ previousResponseId: 'r0', input: [userSays('look at the garden')] }), 2_010),
    ...[created('r1'), ...toolCall('call-1'), completed('r1')].map((event) => serverFrame('w', event, 2_012)),
  )
  record(
    createFrame('w', requestOf({ previousResponseId: 'r1', input: [toolAnswers('call-1', 'roses')] }), 2_020),
    ...answerOf('r2', 'There are roses.').map((event) => serverFrame('w', event, 2_022)),
  )
  const titling = requestOf({
    sessionId: 'x',
    turnId: 'x',
    source: 'thread_title',
    input: [userSays('look at the garden')],
  })
  record(...post({ streamId: 'title', at: 2_030, request: titling, events: answerOf('rt', '{"title":"Garden"}') }))
  const child = requestOf({
    threadId: 'child',
    turnId: 'tc',
    parentThreadId: 's1',
    input: [userSays('count the roses')],
  })
  record(...post({ streamId: 'c', at: 2_040, request: child }))
  const calling = (turnId: string, session: string) => ({
    request: requestOf({ sessionId: session, turnId, input: [userSays(`water them in ${turnId}`)] }),
    events: [created(`r-${turnId}`), ...toolCall(`call-${turnId}`), completed(`r-${turnId}`)],
  })
  record(...post({ streamId: 'd', at: 2_050, ...calling('t2', 's1') }))
  record(...post({ streamId: 'e', at: 2_060, ...calling('t3', 's1') }))
  record(...post({ streamId: 'f', at: 2_070, launchId: 'l2', ...calling('t4', 's2') }))
  run.take([{ type: 'launchEnded', id: 'l2', at: 2_080 }])
  const half = { events: [created('r9'), ...message('m9', 'Half')], outcome: 'upstreamAborted' as const }
  record(...post({ streamId: 'g', at: 2_090, request: requestOf({ sessionId: 's3', turnId: 't5' }), ...half }))
  record(...post({ streamId: 'h', at: 2_100, request: requestOf({ sessionId: 's3', turnId: 't5' }) }))
  const still = post({ streamId: 'i', at: 2_110, request: requestOf({ sessionId: 's4', turnId: 't6' }) })
  record(...still.slice(0, 7))
  run.take([{ type: 'lost', reason: 'unknownPath' }])
  run.recorder.flush()
}
