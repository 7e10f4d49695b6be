import { EventEmitter } from 'node:events'

/** Whatever the stand-in does not know is an error, so that no test passes because nothing happened. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(known, property, receiver) {
      // `then` is asked of everything that is awaited.
      if (typeof property === 'string' && !(property in known) && property !== 'then') {
        throw new Error(`The stand-in for Electron has no ${name}.${property}.`)
      }
      return Reflect.get(known, property, receiver)
    },
  })
}

/** The same for options. */
export function onlyKnown(name: string, options: object, known: string[]): void {
  const unknown = Object.keys(options).filter((key) => !known.includes(key))
  if (unknown.length > 0) throw new Error(`The stand-in for Electron has no ${name} with ${unknown.join(', ')}.`)
}

/** The same for events: one that is never emitted is waited for in vain. */
export class KnownEvents extends EventEmitter {
  known: string[]
  constructor(known: string[]) {
    super()
    this.known = known
  }
  override on(event: string | symbol, listener: (...args: never[]) => void): this {
    if (!this.known.includes(String(event))) throw new Error(`The stand-in for Electron emits no ${String(event)}.`)
    return super.on(event, listener as () => void)
  }
  override once(event: string | symbol, listener: (...args: never[]) => void): this {
    if (!this.known.includes(String(event))) throw new Error(`The stand-in for Electron emits no ${String(event)}.`)
    return super.once(event, listener as () => void)
  }
}

/** An event that can be prevented. */
export function preventable<T extends object>(details: T) {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}
