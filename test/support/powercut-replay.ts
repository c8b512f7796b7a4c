import { posix } from 'node:path'
import type { Journal, JournalRecord } from './powercut-journal.ts'

/** The content of a file, growing in place: a journal may hold thousands of small writes. */
export class Content {
  size = 0
  private bytes = Buffer.alloc(0)

  /** Beyond the end, the gap reads as zeros. */
  write(at: number, bytes: Buffer): void {
    this.resize(Math.max(this.size, at + bytes.length))
    bytes.copy(this.bytes, at)
  }

  resize(size: number): void {
    if (size > this.bytes.length) {
      const larger = Buffer.alloc(Math.max(size, 2 * this.bytes.length))
      this.bytes.copy(larger, 0, 0, this.size)
      this.bytes = larger
    }
    this.bytes.fill(0, Math.min(size, this.size), Math.max(size, this.size))
    this.size = size
  }

  copy(): Content {
    const copy = new Content()
    copy.write(0, this.read())
    return copy
  }

  read(): Buffer {
    return this.bytes.subarray(0, this.size)
  }
}

/** A change of content no fsync of the file has confirmed. `seq` is its place in the journal. */
type Change =
  | { readonly seq: number; readonly at: number; readonly bytes: Buffer }
  | { readonly seq: number; readonly size: number }

/** A change of names that no fsync of the directory has confirmed; null takes the name away. */
interface NameChange {
  readonly seq: number
  readonly names: ReadonlyMap<string, Node | null>
}

export interface FileNode {
  readonly durable: Content
  readonly pending: Change[]
}

export interface FolderNode {
  readonly durable: Map<string, Node>
  /** With the pending changes: what the running process sees. */
  readonly live: Map<string, Node>
  readonly pending: NameChange[]
}

export type Node = FileNode | FolderNode

export const isFolder = (node: Node): node is FolderNode => 'live' in node

export function applyChange(content: Content, change: Change): void {
  if ('size' in change) content.resize(change.size)
  else content.write(change.at, change.bytes)
}

export function applyNames(names: Map<string, Node>, change: NameChange): void {
  for (const [name, node] of change.names) {
    if (node === null) names.delete(name)
    else names.set(name, node)
  }
}

/** What is durable and what is pending once the first `at` records of the journal were made. */
export class Replay {
  readonly root: FolderNode = newFolder()
  /** Every file and folder there ever was: a removed one still has pending changes. */
  readonly nodes: Node[] = [this.root]
  /** The last one that had the inode: a removed file's is given to the next. */
  private readonly byInode = new Map<bigint, Node>()

  constructor(journal: Journal, at: number) {
    for (const { path, inode, bytes } of journal.before) {
      if (path === '') this.byInode.set(inode, this.root)
      else this.create(0, path, inode, bytes === null ? newFolder() : newFile(bytes))
    }
    for (const node of this.nodes) confirm(node)
    for (const [seq, record] of journal.records.slice(0, at).entries()) this.apply(seq, record)
  }

  private apply(seq: number, record: JournalRecord): void {
    switch (record.op) {
      case 'write':
      case 'truncate':
        this.file(record.inode).pending.push({ seq, ...record })
        break
      case 'create':
        this.create(seq, record.path, record.inode, newFile())
        break
      case 'mkdir':
        this.create(seq, record.path, record.inode, newFolder())
        break
      case 'remove':
        this.change(seq, record.path, (name) => [[name, null]])
        break
      case 'rename':
        this.rename(seq, record.path, record.to)
        break
      case 'sync':
        confirm(this.node(record.inode))
        break
      case 'ack':
      case 'cut':
        break
    }
  }

  private create(seq: number, path: string, inode: bigint, node: Node): void {
    this.nodes.push(node)
    this.byInode.set(inode, node)
    this.change(seq, path, (name) => [[name, node]])
  }

  /** One change, so that a cut never leaves both names, or neither. */
  private rename(seq: number, from: string, to: string): void {
    if (posix.dirname(from) !== posix.dirname(to)) {
      throw new Error(`journal: not modelled: a rename across directories (${from} to ${to})`)
    }
    this.change(seq, from, (name, folder) => [
      [name, null],
      [posix.basename(to), folder.live.get(name) ?? null],
    ])
  }

  private change(
    seq: number,
    path: string,
    names: (name: string, folder: FolderNode) => Iterable<readonly [string, Node | null]>,
  ): void {
    const folder = this.folder(posix.dirname(path))
    const change = { seq, names: new Map(names(posix.basename(path), folder)) }
    folder.pending.push(change)
    applyNames(folder.live, change)
  }

  private folder(path: string): FolderNode {
    let folder = this.root
    for (const name of path.split('/').filter((part) => part !== '.')) {
      const child = folder.live.get(name)
      if (child === undefined || !isFolder(child)) throw new Error(`journal: no folder ${path}`)
      folder = child
    }
    return folder
  }

  private node(inode: bigint): Node {
    const node = this.byInode.get(inode)
    if (node === undefined) throw new Error(`journal: nothing tells where inode ${inode} came from`)
    return node
  }

  private file(inode: bigint): FileNode {
    const node = this.node(inode)
    if (isFolder(node)) throw new Error(`journal: bytes were written to a folder, inode ${inode}`)
    return node
  }
}

/** What an fsync does. */
function confirm(node: Node): void {
  if (isFolder(node)) for (const change of node.pending) applyNames(node.durable, change)
  else for (const change of node.pending) applyChange(node.durable, change)
  node.pending.length = 0
}

const newFolder = (): FolderNode => ({ durable: new Map(), live: new Map(), pending: [] })

function newFile(bytes: Buffer = Buffer.alloc(0)): FileNode {
  const durable = new Content()
  durable.write(0, bytes)
  return { durable, pending: [] }
}
