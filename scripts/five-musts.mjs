#!/usr/bin/env node
// The command line: ready (silent when there is nothing to do), then the program itself in this process.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, run } from './house.mjs'
import { ready } from './ready.mjs'

await run(async () => {
  ready()
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(join(root, 'dist', 'src', 'main.js')).href)
})
