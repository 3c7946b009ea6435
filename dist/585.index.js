export const id = 585;
export const ids = [585];
export const modules = {

/***/ 3585:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   baseInHistory: () => (/* binding */ baseInHistory)
/* harmony export */ });
/* harmony import */ var _report_failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3304);
/* harmony import */ var _repository_git_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2740);
/* harmony import */ var _repository_remote_address_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9049);
/* harmony import */ var _repository_remote_environment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8448);
/* harmony import */ var _repository_worktree_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5794);





const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/**
 * The base of a pull request as a commit of the clone. Fetching it from the repository's own remote is the only
 * connection that a fork's run may open.
 *
 * @throws Refusal naming `fetch-depth: 2` where it can be had in neither way
 */
async function baseInHistory(pullRequest, world) {
    const { root } = (0,_repository_worktree_js__WEBPACK_IMPORTED_MODULE_1__/* .findRoot */ .wg)(world.workingDirectory);
    const git = (0,_repository_git_js__WEBPACK_IMPORTED_MODULE_2__/* .openGit */ .z)(root, world.run, world.environment);
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
    const address = await (0,_repository_remote_address_js__WEBPACK_IMPORTED_MODULE_3__/* .findRemote */ ._Y)(git, 'origin', 'fetch').catch(() => undefined);
    if (!address)
        throw missingBase(pullRequest.baseRef);
    const more = await networkEnvironment(git, address, world.environment);
    const network = (0,_repository_git_js__WEBPACK_IMPORTED_MODULE_2__/* .openGit */ .z)(root, world.run, world.environment, more);
    const fetch = ['fetch', '--quiet', '--no-tags', '--depth=1', '--end-of-options', 'origin', pullRequest.baseSha];
    const fetched = await network.try(fetch);
    if (fetched.code === 0 && (await has(pullRequest.baseSha)))
        return pullRequest.baseSha;
    throw missingBase(pullRequest.baseRef);
}
/** With `persist-credentials: false` the clone of a private repository has no login of its own; the token goes to GitHub alone. */
async function networkEnvironment(git, address, environment) {
    const { GITHUB_TOKEN, GITHUB_SERVER_URL } = environment;
    const ownSsh = (await git.try(['config', '--get', 'core.sshCommand'])).code === 0;
    const token = GITHUB_TOKEN ? { url: GITHUB_SERVER_URL || 'https://github.com', token: GITHUB_TOKEN } : undefined;
    return (0,_repository_remote_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .remoteEnvironment */ .o)(environment, address, { token, ownSsh });
}
function missingBase(baseRef) {
    return new _report_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .Refusal */ .P(`The base of this pull request (${baseRef}) is not in the clone and cannot be fetched; check out with fetch-depth: 2.`);
}


/***/ })

};
