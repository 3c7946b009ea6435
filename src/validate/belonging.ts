import type { PathEnvironment } from '../config/path-environment.ts'
import { type Governed, governorOf } from '../source/operator.ts'
import { type Destination, destinationOf } from './destination.ts'

/** What a resource inherits from where it was found. */
export interface Belonging {
  minor: string
  destination: Destination
  substituted: boolean
  isWritten(value: string): boolean
  /** Whether values from elsewhere may complete it, as they do a chart's. */
  isCompletedElsewhere: boolean
  /** Whether a kustomization of the repository puts another name in place of an image's. */
  isReplaced(name: string): boolean
}

/** What says where the resources of a folder go, and by what they are judged. */
export interface Surroundings {
  environmentOf(path: string): PathEnvironment | undefined
  /** The Kubernetes minor that judges an environment (or none). */
  minorOf(environment: PathEnvironment | undefined): string
}

/** Answers what the folders of a tree say of the resources in them. */
export class Belongings {
  readonly #surroundings: Surroundings
  readonly #governed: readonly Governed[]
  readonly #isReplaced: Belonging['isReplaced']

  constructor(surroundings: Surroundings, governed: readonly Governed[], isReplaced: Belonging['isReplaced']) {
    this.#surroundings = surroundings
    this.#governed = governed
    this.#isReplaced = isReplaced
  }

  of(folder: string, is: 'kustomization' | 'chart' | 'plain', isWritten: (value: string) => boolean): Belonging {
    return {
      minor: this.minor(folder),
      destination: this.destination(folder, is === 'plain' ? 'plain' : 'source'),
      substituted: this.#governed.some((each) => each.substituted && governorOf([each], folder) !== undefined),
      isWritten,
      isCompletedElsewhere: is === 'chart',
      isReplaced: this.#isReplaced,
    }
  }

  minor(folder: string): string {
    return this.#surroundings.minorOf(this.#surroundings.environmentOf(folder))
  }

  destination(folder: string, is: 'source' | 'plain'): Destination {
    const otherwise = is === 'plain' ? 'plain manifests' : `source ${folder || '.'}`
    return destinationOf(folder, this.#surroundings.environmentOf(folder), this.#governed, otherwise)
  }

  isUnderFlux(folder: string): boolean {
    return governorOf(this.#governed, folder)?.operator === 'flux'
  }
}
