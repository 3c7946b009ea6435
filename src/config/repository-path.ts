import { form } from './leaf.ts'

/** A path in the repository; `.` is its root. */
export const repositoryPath = () =>
  form('a path in the repository, without "..", "~" or a leading "/"', (path) => {
    return path.trim() !== '' && !/^[/~]|\\/.test(path) && !path.split('/').includes('..')
  })
