import { printableJson } from '../../contract/domain/readableJson.ts'
import type { Format } from './format.ts'
import { maskSession, maskTurn } from './maskSession.ts'

/** One JSON document a line: each session, then its turns in order, each with a `type` that says which it is. */
export const jsonl: Format = {
  mediaType: 'application/x-ndjson',
  extension: 'jsonl',
  begin: () => '',
  beginSession: (session, masker) => `${printableJson({ type: 'session', ...maskSession(session, masker) })}\n`,
  parts: {
    of: 'turns',
    hasPictures: false,
    part: (turn, _number, masker) => `${printableJson({ type: 'turn', ...maskTurn(turn, masker) })}\n`,
  },
  endSession: () => '',
  end: () => '',
}
