import { rollbackAction } from '../../dist/index.js'

await rollbackAction()
