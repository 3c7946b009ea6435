import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, sep } from 'node:path'
import { Refusal } from '../report/failure.ts'

export type RendererName = 'kustomize' | 'helm'
export type ToolName = RendererName | 'git'

/** The versions inside the embedded engine (`engines/render`), by which differences of output are explained. */
export const EMBEDDED_VERSIONS = { kustomize: 'v5.8.2', helm: 'v3.22.0' } as const

const INSTALL: Record<ToolName, string> = {
  kustomize: 'https://kubectl.docs.kubernetes.io/installation/kustomize/',
  helm: 'https://helm.sh/docs/intro/install/',
  git: 'https://git-scm.com/downloads',
}

export interface Toolbox {
  /** Folders of PATH from which programs may be started. */
  readonly folders: readonly string[]
  find(name: ToolName): string | undefined
  /** The path of a tool; a `Refusal` where there is none. Its version is compared the first time. */
  use(name: RendererName, version: (tool: string, args: readonly string[]) => Promise<string>): Promise<string>
}

/**
 * The tools of PATH, and what is to be said about their versions.
 *
 * @param workspaces folders whose files a pull request can change.
 */
export function openToolbox(
  path: string | undefined,
  workspaces: readonly string[],
  note: (message: string) => void,
): Toolbox {
  const folders = trustedFolders(path, workspaces)
  const find = (name: ToolName) => findTool(name, folders, workspaces)
  const compared = new Map<RendererName, Promise<void>>()
  return {
    folders,
    find,
    async use(name, askVersion) {
      const tool = find(name)
      if (tool === undefined) throw missingTool(name)
      const compare = async () => {
        const answer = await askVersion(tool, name === 'helm' ? ['version', '--short'] : ['version'])
        const difference = differentVersion(name, answer)
        if (difference !== undefined) note(difference)
      }
      if (!compared.has(name)) compared.set(name, compare())
      await compared.get(name)
      return tool
    },
  }
}

function differentVersion(name: RendererName, answer: string): string | undefined {
  const version = /v\d+\.\d+\.\d+[\w.-]*/.exec(answer)?.[0] ?? 'of an unknown version'
  const embedded = EMBEDDED_VERSIONS[name]
  if (version === embedded) return undefined
  return `${name} from PATH is ${version}, the embedded one ${embedded}; they may render differently.`
}

/**
 * The folders of PATH from which a program may be started: absolute ones outside the workspaces, whose files a pull
 * request can change.
 */
export function trustedFolders(path: string | undefined, workspaces: readonly string[]): string[] {
  const guarded = workspaces.map((folder) => real(folder) ?? folder)
  return (path ?? '').split(':').filter((folder) => {
    const resolved = isAbsolute(folder) ? real(folder) : undefined
    return resolved !== undefined && !guarded.some((workspace) => isBelow(resolved, workspace))
  })
}

/** The absolute path of a program in these folders, the first one first. A link into a workspace is passed over. */
export function findTool(
  name: ToolName,
  folders: readonly string[],
  workspaces: readonly string[],
): string | undefined {
  const guarded = workspaces.map((folder) => real(folder) ?? folder)
  for (const folder of folders) {
    const file = join(folder, name)
    const target = real(file)
    if (target && isExecutable(target) && !guarded.some((workspace) => isBelow(target, workspace))) return file
  }
  return undefined
}

export function missingTool(name: ToolName): Refusal {
  return new Refusal(
    `${name} is not on PATH (folders inside the repository do not count); install it (${INSTALL[name]}), ` +
      'or leave out --renderer native to use the embedded renderer.',
  )
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
