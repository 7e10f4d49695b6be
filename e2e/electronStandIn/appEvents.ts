import { KnownEvents } from './strict.ts'

/** What the application hears from `app`, whoever causes it. */
export const appEvents = new KnownEvents([
  'second-instance',
  'open-url',
  'activate',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'web-contents-created',
])
