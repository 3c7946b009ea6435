export const id = 268;
export const ids = [268];
export const modules = {

/***/ 30268:
/***/ ((__unused_webpack_module, exports, __webpack_require__) => {

var __webpack_unused_export__;

__webpack_unused_export__ = ({ value: true });
exports.baseInHistory = baseInHistory;
const failure_ts_1 = __webpack_require__(71471);
const git_ts_1 = __webpack_require__(21343);
const worktree_ts_1 = __webpack_require__(56518);
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/**
 * The base of a pull request as a commit of the clone. Fetching it from the repository's own remote is the only
 * connection that a fork's run may open.
 *
 * @throws Refusal naming `fetch-depth: 2` where it can be had in neither way
 */
async function baseInHistory(pullRequest, world) {
    const { root } = (0, worktree_ts_1.findRoot)(world.workingDirectory);
    const git = (0, git_ts_1.openGit)(root, world.run, world.environment);
    const has = async (revision) => (await git.try(['cat-file', '-e', `${revision}^{commit}`])).code === 0;
    const parents = (await git.try(['rev-list', '--parents', '-n', '1', 'HEAD'])).stdout
        .toString('utf8')
        .trim()
        .split(' ');
    const merged = parents.length === 3 && parents[2] === pullRequest.headSha;
    if (merged && (await has('HEAD^1')))
        return parents[1];
    if (!COMMIT.test(pullRequest.baseSha))
        throw missingBase(pullRequest.baseRef);
    if (await has(pullRequest.baseSha))
        return pullRequest.baseSha;
    const fetched = await git.try([
        'fetch',
        '--quiet',
        '--no-tags',
        '--depth=1',
        '--end-of-options',
        'origin',
        pullRequest.baseSha,
    ]);
    if (fetched.code === 0 && (await has(pullRequest.baseSha)))
        return pullRequest.baseSha;
    throw missingBase(pullRequest.baseRef);
}
function missingBase(baseRef) {
    return new failure_ts_1.Refusal(`The base of this pull request (${baseRef}) is not in the clone and cannot be fetched; check out with fetch-depth: 2.`);
}


/***/ })

};
