import { type HTMLAttributes, type Ref, type RefObject, useImperativeHandle, useLayoutEffect } from 'react'

/** What a trigger of Radix gives its element. */
export type TriggerProps = HTMLAttributes<HTMLElement>

/**
 * Stands where Radix wants the element of a trigger, for one that was drawn before and stays where it is: so what floats comes
 * into being when it is first wanted. Whoever drew the element calls the handlers; `onReady` tells when they are there.
 */
export function Borrowed({
  element,
  handlers,
  onReady,
  ref,
  ...props
}: TriggerProps & {
  element: HTMLElement
  handlers: RefObject<TriggerProps | null>
  onReady?: () => void
  ref?: Ref<HTMLElement>
}) {
  useImperativeHandle(ref, () => element, [element])
  useLayoutEffect(() => {
    handlers.current = props
    onReady?.()
  })
  const description = props['aria-describedby']
  useLayoutEffect(() => {
    if (description === undefined) return
    const before = element.getAttribute('aria-describedby')
    element.setAttribute('aria-describedby', description)
    return () => {
      if (before === null) element.removeAttribute('aria-describedby')
      else element.setAttribute('aria-describedby', before)
    }
  }, [element, description])
  return null
}
