/**
 * The registry could not be asked, or its answer tells nothing. The message is a clause that names the host; it holds
 * nothing that a server said, since it ends in reports and pull requests.
 */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
}
