/**
 * The GraphQL fields that test/github answers, by type; each keeps all its arguments. What is not here cannot be
 * queried there. Enumerations, scalars and inputs come along with what names them.
 */
export const FIELDS = {
  Query: 'id node nodes rateLimit repository viewer',
  Mutation: `addAssigneesToAssignable addComment addLabelsToLabelable closePullRequest convertPullRequestToDraft
    createCommitOnBranch createPullRequest createRef deleteRef dequeuePullRequest disablePullRequestAutoMerge
    enablePullRequestAutoMerge enqueuePullRequest markPullRequestReadyForReview mergePullRequest removeLabelsFromLabelable reopenPullRequest
    requestReviews updatePullRequest updateRef updateRefs`,

  Repository: `autoMergeAllowed databaseId defaultBranchRef deleteBranchOnMerge deployments id isArchived isEmpty isFork isPrivate
    label labels mergeCommitAllowed mergeQueue milestone milestones name nameWithOwner object owner pullRequest pullRequests
    rebaseMergeAllowed ref refs squashMergeAllowed url viewerDefaultMergeMethod viewerPermission`,
  Ref: 'associatedPullRequests id name prefix repository target',
  Commit: `abbreviatedOid associatedPullRequests author authoredDate committedDate committer deployments file history id message messageBody
    messageHeadline oid parents repository signature status statusCheckRollup tree url`,
  Tree: 'abbreviatedOid entries id oid repository',
  TreeEntry: 'mode name object oid path repository size type',
  Blob: 'abbreviatedOid byteSize id isBinary isTruncated oid repository text',
  GitActor: 'date email name user',
  GpgSignature: 'isValid state verifiedAt wasSignedByGitHub',
  Status: 'contexts id state',
  StatusContext: 'context createdAt creator description id state targetUrl',
  CheckRun: 'completedAt conclusion databaseId detailsUrl id name startedAt status url',
  StatusCheckRollup: 'contexts id state',
  Deployment:
    'commitOid createdAt creator databaseId description environment id latestStatus payload state statuses task updatedAt',
  DeploymentStatus: 'createdAt creator deployment description environment environmentUrl id logUrl state updatedAt',

  PullRequest: `additions assignees author autoMergeRequest baseRef baseRefName baseRefOid body changedFiles closed
    closedAt comments commits createdAt databaseId deletions files headRef headRefName headRefOid headRepository
    headRepositoryOwner id isCrossRepository isDraft isInMergeQueue isMergeQueueEnabled labels locked maintainerCanModify
    mergeCommit mergeQueue mergeQueueEntry mergeStateStatus mergeable merged mergedAt mergedBy milestone number permalink
    repository reviewRequests state statusCheckRollup timelineItems title updatedAt url viewerCanUpdate viewerDidAuthor`,
  AutoMergeRequest: 'commitBody commitHeadline enabledAt enabledBy mergeMethod pullRequest',
  MergeQueue: 'entries id url',
  MergeQueueEntry: 'enqueuedAt enqueuer id position pullRequest state',
  PullRequestCommit: 'commit id pullRequest url',
  PullRequestChangedFile: 'additions changeType deletions path',
  ReviewRequest: 'asCodeOwner databaseId id pullRequest requestedReviewer',
  IssueComment: 'author body createdAt databaseId id pullRequest updatedAt url viewerDidAuthor',
  Label: 'color description id name url',
  Milestone: 'closed closedAt description id number state title url',

  AssignedEvent: 'actor assignee createdAt id',
  AutoMergeDisabledEvent: 'actor createdAt id',
  AutoMergeEnabledEvent: 'actor createdAt id',
  ClosedEvent: 'actor createdAt id',
  ConvertToDraftEvent: 'actor createdAt id',
  HeadRefDeletedEvent: 'actor createdAt headRefName id',
  HeadRefForcePushedEvent: 'actor afterCommit beforeCommit createdAt id',
  HeadRefRestoredEvent: 'actor createdAt id',
  LabeledEvent: 'actor createdAt id label',
  MergedEvent: 'actor commit createdAt id mergeRefName',
  ReadyForReviewEvent: 'actor createdAt id',
  RenamedTitleEvent: 'actor createdAt currentTitle id previousTitle',
  ReopenedEvent: 'actor createdAt id',
  ReviewRequestedEvent: 'actor createdAt id requestedReviewer',
  UnlabeledEvent: 'actor createdAt id label',

  Bot: 'avatarUrl databaseId id login url',
  User: 'avatarUrl databaseId email id login name url',
  Organization: 'avatarUrl databaseId id login name url',
  Team: 'id name slug url',
  RateLimit: 'cost limit nodeCount remaining resetAt used',
  PageInfo: 'endCursor hasNextPage hasPreviousPage startCursor',

  Actor: 'avatarUrl login url',
  Assignable: 'assignees',
  Closable: 'closed closedAt',
  Comment: 'author body createdAt id updatedAt viewerDidAuthor',
  GitObject: 'abbreviatedOid id oid repository',
  GitSignature: 'isValid state verifiedAt wasSignedByGitHub',
  Labelable: 'labels',
  Node: 'id',
  RepositoryOwner: 'avatarUrl id login url',
}

/** Kept whole, wherever a kept field leads to one: pages of things, and what a mutation answers. */
export const WHOLE = /(Connection|Edge|Payload)$/
