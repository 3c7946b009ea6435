/** The version of this program; a test holds it to package.json. */
export const VERSION = '0.1.0'

/** Where the project lives on GitHub. A test holds this, the guides and the examples to one name. */
export const REPOSITORY = 'OWNER/gitops-actions'
