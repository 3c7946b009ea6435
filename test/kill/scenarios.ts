import { type ActOptions, EPOCH, overlay, overlays, type PromoteWorld } from '../bundle/promote-world.ts'
import type { Options } from '../github/start.ts'

/** A run of an action, from where it starts to what must stand whatever happens to it on the way. */
export interface Scenario {
  name: string
  options: Options
  /** Brings the world to where the run starts. */
  prepare?(world: PromoteWorld): Promise<void>
  /** What somebody does while the run is under way. */
  meanwhile?(world: PromoteWorld): Promise<void>
  inputs?: Record<string, string>
  action?: ActOptions['action']
  end: End
}

export interface End {
  open: readonly OpenPull[]
  /** How many pull requests are closed, merged ones included: any of these numbers. */
  closed?: readonly number[]
  /** Version by application of production, where the run merges by itself. */
  base?: Readonly<Record<string, string>>
}

/** An open pull request as it must be, to the byte. */
export interface OpenPull {
  branch: string
  title: string
  files: Readonly<Record<string, string>>
  labels?: readonly string[]
  reviewers?: readonly string[]
  milestone?: string
  autoMerge?: boolean
}

/** Always the same, so that texts which name the commit are the same in every world. */
const LATER = new Date(EPOCH + 60_000)
const EVEN_LATER = new Date(EPOCH + 120_000)
const WEB = 'gitops/promote/prod/web'
const DUE = overlays({ staging: { web: '1.3.0' }, prod: { web: '1.2.0' } })
const file = (app: string, environment = 'prod') => `envs/${environment}/${app}/kustomization.yaml`
const inProd = (app: string, version: string) => ({ [file(app)]: overlay(app, version) })
const inStaging = (app: string, version: string) => ({ [file(app, 'staging')]: overlay(app, version) })

const DRESSED = {
  ...DUE,
  '.gitops.yaml': `layout: envs/{env}/{app}
environments:
  staging:
  prod: { from: staging, merge: auto, labels: [promotion, prod], reviewers: [alice] }
pull-request: { milestone: Autumn }
`,
}
const DRESS = { labels: ['prod', 'promotion'], reviewers: ['alice'], milestone: 'Autumn', autoMerge: true }
const DRESSING: Options = {
  files: DRESSED,
  collaborators: ['alice'],
  settings: { allowAutoMerge: true, requiredApprovals: 1 },
}

/** The pull request of the application web, and nothing but what every one has. */
const plain = (version: string): OpenPull => ({
  branch: WEB,
  title: `Promote web to prod: ${version}`,
  files: inProd('web', version),
})

export const PLAIN: Scenario = { name: 'a new pull request', options: { files: DUE }, end: { open: [plain('1.3.0')] } }

export const NEW: Scenario = {
  name: 'a new pull request with labels, a reviewer, a milestone and auto-merge',
  options: DRESSING,
  prepare: ({ addMilestone }) => addMilestone('Autumn'),
  end: { open: [{ ...plain('1.3.0'), ...DRESS }] },
}

export const UPDATE: Scenario = {
  name: 'an update to a newer version',
  options: { files: DUE },
  async prepare({ act, github }) {
    await act()
    await github.as('bob').push({ at: LATER, files: inStaging('web', '1.4.0') })
  },
  end: { open: [plain('1.4.0')] },
}

export const DRESSED_UPDATE: Scenario = {
  name: 'an update of a pull request with labels, a reviewer, a milestone and auto-merge',
  options: DRESSING,
  async prepare({ act, addMilestone, github }) {
    await addMilestone('Autumn')
    await act()
    await github.as('bob').push({ at: LATER, files: inStaging('web', '1.4.0') })
  },
  end: { open: [{ ...plain('1.4.0'), ...DRESS }] },
}

export const CLOSE: Scenario = {
  name: 'a close, as nothing is due',
  options: { files: DUE },
  async prepare({ act, github }) {
    await act()
    await github.as('bob').push({ at: LATER, files: inProd('web', '1.3.0') })
  },
  end: { open: [], closed: [1] },
}

const MANY = Array.from({ length: 11 }, (_, index) => `app-${index + 10}`)
const all = (version: string) => Object.fromEntries(MANY.map((app) => [app, version]))

export const GROUPED: Scenario = {
  name: 'eleven applications in one pull request',
  options: { files: overlays({ staging: all('1.3.0'), prod: all('1.2.0') }) },
  end: {
    open: [
      {
        branch: 'gitops/promote/prod/_all',
        title: 'Promote 11 applications to prod: 1.3.0',
        files: overlays({ prod: all('1.3.0') }),
      },
    ],
  },
}

export const ROLLBACK: Scenario = {
  name: 'a rollback',
  options: { files: DUE },
  async prepare({ github }) {
    await github.as('bob').push({ at: LATER, files: inProd('web', '1.3.0') })
  },
  action: 'rollback',
  inputs: { app: 'web', environment: 'prod' },
  end: {
    open: [
      { branch: 'gitops/rollback/prod/web', title: 'Roll back web in prod to 1.2.0', files: inProd('web', '1.2.0') },
    ],
  },
}

export const TWO: Scenario = {
  name: 'two applications',
  options: { files: overlays({ staging: { api: '2.1.0', web: '1.3.0' }, prod: { api: '2.0.0', web: '1.2.0' } }) },
  end: {
    open: [
      { branch: 'gitops/promote/prod/api', title: 'Promote api to prod: 2.1.0', files: inProd('api', '2.1.0') },
      plain('1.3.0'),
    ],
  },
}

/** Staging merges by itself, and what that brings goes on to production within the run. */
export const CHAIN: Scenario = {
  name: 'a merge that goes on to the next environment',
  options: {
    files: {
      ...overlays({ dev: { web: '1.3.0' }, staging: { web: '1.2.0' }, prod: { web: '1.2.0' } }),
      '.gitops.yaml': `layout: envs/{env}/{app}
environments: { dev: , staging: { from: dev, merge: auto }, prod: { from: staging } }
`,
    },
  },
  end: { open: [plain('1.3.0')], closed: [1], base: inStaging('web', '1.3.0') },
}

export const SCENARIOS: readonly Scenario[] = [NEW, UPDATE, DRESSED_UPDATE, CLOSE, GROUPED, ROLLBACK, TWO, CHAIN]

const newer =
  (version: string) =>
  async ({ github }: PromoteWorld) => {
    await github.as('bob').push({ at: EVEN_LATER, files: inStaging('web', version) })
  }

/** The source moves on while a run is under way that has read it. */
export const MOVED_NEW: Scenario = {
  ...PLAIN,
  name: 'a new pull request, and a newer version',
  meanwhile: newer('1.4.0'),
  end: { open: [plain('1.4.0')] },
}

export const MOVED_UPDATE: Scenario = {
  ...UPDATE,
  name: 'an update, and a newer version',
  meanwhile: newer('1.5.0'),
  end: { open: [plain('1.5.0')] },
}

export const MOVED_DRESSED: Scenario = {
  ...NEW,
  name: 'a new pull request with labels and the like, and a newer version',
  meanwhile: newer('1.4.0'),
  end: { open: [{ ...plain('1.4.0'), ...DRESS }] },
}

/** Nothing follows the labels that would find out that the branch has moved. */
export const MOVED_LABELLED: Scenario = {
  name: 'a new pull request with a label and a reviewer, and a newer version',
  options: {
    files: {
      ...DUE,
      '.gitops.yaml': `layout: envs/{env}/{app}
environments: { staging: , prod: { from: staging, labels: [prod], reviewers: [alice] } }
`,
    },
    collaborators: ['alice'],
  },
  meanwhile: newer('1.4.0'),
  end: { open: [{ ...plain('1.4.0'), labels: ['prod'], reviewers: ['alice'] }] },
}

/** Who closes it and who opens it again may come in either order. */
export const MOVED_CLOSE: Scenario = {
  ...CLOSE,
  name: 'a close, and a newer version',
  meanwhile: newer('1.4.0'),
  end: { open: [plain('1.4.0')], closed: [0, 1] },
}
