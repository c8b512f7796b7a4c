// The project's own files, for tests that read it as text.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** One file: its path from the root, with `/`, and its text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

export function readProject(path: string): SourceFile {
  return { path, text: readFileSync(join(root, path), 'utf8') }
}

/** Files of these folders, and of the root folder itself where `.` is asked for, whose names end in one of `ends`. */
export function projectFiles(folders: readonly string[], ends: readonly string[]): SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
        folder === '.' ? name : `${folder}/${name.replaceAll('\\', '/')}`,
      ),
    )
    .filter((path) => ends.some((end) => path.endsWith(end)))
    .toSorted()
    .map(readProject)
}
