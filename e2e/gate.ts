/** What is held back by this never comes. */
export const never = new Promise<void>(() => {})

/** Holds a scenario back until its test says so. */
export function gate(): { goOn(): void; held: Promise<void> } {
  let goOn = () => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  return { goOn: () => goOn(), held }
}
