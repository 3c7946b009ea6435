/** The entry points that the stubs in `actions/` and `bin/` import from the bundle. */
export { validateAction } from './action/validate.ts'
export { cli } from './main.ts'
