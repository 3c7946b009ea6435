import { validateAction } from '../../dist/index.js'

await validateAction()
