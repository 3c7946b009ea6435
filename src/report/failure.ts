/** The user asked for something impossible: exit code 2. The message is a sentence with the cure. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** A file to copy, which stands below the message as it is. */
  readonly attachment?: string
}

/** Something that was needed failed, so there is no answer: exit code 3. The message is a sentence with the cure. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
