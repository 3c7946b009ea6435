import { fullName, type World } from '../model/world.ts'
import { api, html, nodeId } from './urls.ts'
import { userView } from './user-view.ts'

/** Templates of addresses that every shape of a repository carries. */
const TEMPLATES = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
} as const

/** `minimal-repository`. */
export function minimalRepositoryView(world: World) {
  const urls = Object.fromEntries(Object.entries(TEMPLATES).map(([key, path]) => [`${key}_url`, api(world, path)]))
  return {
    id: world.id,
    node_id: nodeId('R', world.id),
    name: world.name,
    full_name: fullName(world),
    owner: userView(world, world.owner),
    private: world.settings.private,
    html_url: html(world, ''),
    description: null,
    fork: false,
    url: api(world, ''),
    ...urls,
  }
}

/** `repository`. */
export function repositoryView(world: World) {
  const { settings } = world
  const open = [...world.pulls.values()].filter(({ state }) => state === 'open').length
  return {
    ...minimalRepositoryView(world),
    clone_url: html(world, '.git'),
    git_url: html(world, '.git'),
    ssh_url: `git@${new URL(world.url).host}:${fullName(world)}.git`,
    svn_url: html(world, ''),
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    archived: settings.archived,
    disabled: false,
    visibility: settings.private ? 'private' : 'public',
    default_branch: world.defaultBranch,
    forks: 0,
    forks_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    size: 0,
    open_issues: open,
    open_issues_count: open,
    has_issues: true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    allow_auto_merge: settings.allowAutoMerge,
    allow_merge_commit: settings.allowMergeCommit,
    allow_rebase_merge: settings.allowRebaseMerge,
    allow_squash_merge: settings.allowSquashMerge,
    delete_branch_on_merge: settings.deleteBranchOnMerge,
    pushed_at: world.createdAt,
    created_at: world.createdAt,
    updated_at: world.createdAt,
  }
}

/** `full-repository`. */
export const fullRepositoryView = (world: World) => ({
  ...repositoryView(world),
  network_count: 0,
  subscribers_count: 0,
})
