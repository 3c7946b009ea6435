import { promoteAction } from '../../dist/index.js'

await promoteAction()
