/** The entry points that the stubs in `actions/` and `bin/` import from the bundle. */
export { promoteAction } from './action/promote.ts'
export { rollbackAction } from './action/rollback.ts'
export { validateAction } from './action/validate.ts'
export { cli } from './main.ts'
