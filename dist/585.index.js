export const id = 585;
export const ids = [585];
export const modules = {

/***/ 3585:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   baseInHistory: () => (/* binding */ baseInHistory)
/* harmony export */ });
/* harmony import */ var _report_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3304);
/* harmony import */ var _repository_git_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2740);
/* harmony import */ var _repository_worktree_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8247);



const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
/**
 * The base of a pull request as a commit of the clone. Fetching it from the repository's own remote is the only
 * connection that a fork's run may open.
 *
 * @throws Refusal naming `fetch-depth: 2` where it can be had in neither way
 */
async function baseInHistory(pullRequest, world) {
    const { root } = (0,_repository_worktree_js__WEBPACK_IMPORTED_MODULE_0__/* .findRoot */ .wg)(world.workingDirectory);
    const git = (0,_repository_git_js__WEBPACK_IMPORTED_MODULE_1__/* .openGit */ .z)(root, world.run, world.environment);
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
    return new _report_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .Refusal */ .P(`The base of this pull request (${baseRef}) is not in the clone and cannot be fetched; check out with fetch-depth: 2.`);
}


/***/ })

};
