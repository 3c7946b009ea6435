/** A promise that another place resolves. */
export interface Signal<T = void> {
  readonly given: Promise<T>
  give(value: T): void
}

export function newSignal<T = void>(): Signal<T> {
  let give: (value: T) => void = () => {}
  const given = new Promise<T>((resolve) => {
    give = resolve
  })
  return { given, give }
}
